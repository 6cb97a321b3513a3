import { phrase, type Value } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { audit } from '../../db/queries/trail.ts'
import type { Answer, Ctx, Listener, Look, Said } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import {
  callsForHelp,
  type Emergency,
  findPlaces,
  findWhen,
  isPlainReport,
  SPEAK_UP,
  type Understanding,
} from '../understanding/service.ts'
import { alertStaff } from './alerts.ts'
import { homeOf, placeNames, placeSay } from './draft.ts'
import { factsAlone } from './facts.ts'
import { addWords, correct } from './filing.ts'
import { beginReport, meaningOf } from './intake.ts'
import { joining, weighTalk } from './joining.ts'
import { happenedSay, placeOfCase } from './lines.ts'
import { doneOfSameKind, latestOwn, ownOfSameKind } from './own.ts'
import { notSolved } from './revisit.ts'

/** What residents say in plain words, without a command: a problem, an emergency, 我家也是, 发错楼了. */

type Act = (ctx: Ctx) => Answer

export const reportListener: Listener = {
  name: 'reports',
  alarm: (look, said) => {
    if (!callsForHelp(said.words)) return undefined
    const found = meaningOf(look, said.words, 'group')
    return found.emergency === null ? undefined : (ctx) => helpAtOnce(ctx, found, found.emergency)
  },
  weigh: weighTalk,
  hear: (look, room, said, drift) =>
    joining(look, room, said, drift) ??
    repairing(look, said, said.addressed) ??
    meant(look, said, said.addressed),
  interrupts: (look, said) =>
    isPlainReport(said.words, { ...look.env, now: look.now })
      ? meant(look, said, false)
      : undefined,
  hearPrivately: (look, said) => repairing(look, said, true) ?? meant(look, said, true),
}

/** A report, if it is one without doubt; where Linli is spoken to, less is enough. */
function meant(look: Look, said: Said, spokenTo: boolean): Act | undefined {
  const found = meaningOf(look, said.words, spokenTo ? 'direct' : 'group')
  if (found.intent !== 'report' || found.place?.elsewhere) return undefined
  if (!spokenTo && found.confidence < SPEAK_UP) return undefined
  // A bare place or time tells of no problem.
  if (factsAlone(look, said.words) !== undefined) return undefined
  return (ctx) => moreOfOwn(ctx, said, found) ?? beginReport(ctx, said, found)
}

/** 还在吵, from somebody whose case of that kind is open, is about that case, unless it names another place. */
function moreOfOwn(ctx: Ctx, said: Said, found: Understanding): Answer {
  if (found.place !== null || !GOES_ON.test(said.words)) return undefined
  const id = ownOfSameKind(ctx, found.category)
  if (id === undefined) return unsolved(ctx, said, found)
  const changed = addWords(ctx, ctx.who, id, said.words)
  return changed.ok ? phrase('reports.added', { no: id }) : changed.error
}

/** Said in private of what is called done, it is the answer to whether it is solved. */
function unsolved(ctx: Ctx, said: Said, found: Understanding): Answer {
  const id = ctx.where === 'direct' ? doneOfSameKind(ctx, found.category) : undefined
  return id === undefined ? undefined : notSolved(ctx, id, said.words)
}

const GOES_ON = /还[在没]|又|还是|一直/u

/** The same cry from many people in a group is answered once in so long: the first digits of a moment. */
const TEN_MINUTES = 15

/** Who to call comes first, whatever the hour; staff hear of it at once. There is no form. */
function helpAtOnce(ctx: Ctx, found: Understanding, kind: Emergency | null): Answer {
  if (kind === null) return undefined
  const { tx, now, room, who } = ctx
  const where = room?.id ?? `r${who.id}`
  const bucket = now.slice(0, TEN_MINUTES)
  enqueue(ctx, {
    to: room === undefined ? { resident: who.id } : { room: room.id },
    key: `emergency:${kind}:${where}:${bucket}`,
    say: phrase(`reports.emergency.${kind}`),
    priority: 'urgent',
    expires: plus(now, { minutes: 30 }),
  })
  // Staff must know where to run: each place is told, and the speaker's house where none is named.
  const named = found.place?.id ?? (found.place === null ? '' : found.place.text)
  const key = `${kind}:${where}:${bucket}:${named}`
  if (alertStaff(ctx, { kind, place: whereToGo(ctx, found), key })) {
    audit(tx, { at: now, by: undefined, action: 'emergency', subject: kind })
  }
  return undefined
}

function whereToGo(ctx: Ctx, { place }: Understanding): Value {
  const home = place?.id === undefined ? homeOf(ctx) : undefined
  const said = placeSay(ctx.env, {
    ...(place && { placeWords: place.text }),
    ...(place?.id !== undefined && { place: place.id }),
  })
  return home === undefined
    ? said
    : phrase('reports.alertHome', { said, home: placeNames(ctx.env, home) })
}

/** 发错楼了，是4号楼 · 搞错了，是昨晚十点: puts the latest report of the speaker right. */
const WRONG =
  /(?:[发说打写报搞弄]错(?:楼|地方|时间|位置|号)?了?[,，]?(?:不是[^,，]{1,8}(?=是))?|更正(?:一下)?|其实是|应该是)/u

function repairing(look: Look, said: Said, spokenTo: boolean): Act | undefined {
  if (!WRONG.test(said.words)) return undefined
  const right = said.words.split(WRONG).at(-1) ?? ''
  // In a group 其实是4号楼的快递 is talk.
  if (!spokenTo && factsAlone(look, right) === undefined) return undefined
  return (ctx) => repair(ctx, right)
}

function repair(ctx: Ctx, words: string): Answer {
  const id = latestOwn(ctx)
  const { content, zone, calendar } = ctx.env
  const place = findPlaces(words, content.community).find((p) => !p.relative && !p.elsewhere)
  const when = findWhen(words, ctx.now, zone, calendar)
  if (id === undefined || (place === undefined && when === null)) {
    return ctx.where === 'direct' ? phrase('core.unclear') : undefined
  }
  const changed = correct(ctx, ctx.who, id, {
    ...(place && { placeWords: place.text }),
    ...(place?.id !== undefined && { place: place.id }),
    ...(when && { happened: when, repeats: when.repeats }),
  })
  if (!changed.ok) return changed.error
  const row = changed.value.case
  return [
    ...(place ? [phrase('reports.corrected', { no: id, place: placeOfCase(ctx.env, row) })] : []),
    ...(when ? [phrase('reports.correctedWhen', { no: id, when: happenedSay(ctx.env, row) })] : []),
  ]
}
