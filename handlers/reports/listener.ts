import { phrase, type Value } from '../../content/i18n.ts'
import { type Instant, plus } from '../../content/time.ts'
import { latestReportIn, latestReportOf } from '../../db/queries/complaint.ts'
import { audit } from '../../db/queries/trail.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Answer, Ctx, Listener, Look, Place, Said } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { isWord } from '../core/words.ts'
import {
  callsForHelp,
  type Emergency,
  findPlaces,
  SPEAK_UP,
  type Understanding,
} from '../understanding/service.ts'
import { alertStaff } from './alerts.ts'
import { homeOf, placeNames, placeSay } from './draft.ts'
import { factsAlone } from './facts.ts'
import { correct } from './filing.ts'
import { beginReport, joinSay, meaningOf } from './intake.ts'

/** What residents say in plain words, without a command: a problem, an emergency, 我家也是, 发错楼了. */

type Act = (ctx: Ctx) => Answer

export const reportListener: Listener = {
  name: 'reports',
  alarm: (look, said) => {
    if (!callsForHelp(said.words)) return undefined
    const found = meaningOf(look, said.words, 'group')
    return found.emergency === null ? undefined : (ctx) => helpAtOnce(ctx, found, found.emergency)
  },
  hear: (look, room, said) =>
    joining(look, room, said) ?? repairing(said) ?? meant(look, said, said.addressed),
  hearPrivately: (look, said) => repairing(said) ?? meant(look, said, true),
}

/** A report, if it is one without doubt; where Linli is spoken to, less is enough. */
function meant(look: Look, said: Said, spokenTo: boolean): Act | undefined {
  const found = meaningOf(look, said.words, spokenTo ? 'direct' : 'group')
  if (found.intent !== 'report' || found.place?.elsewhere) return undefined
  if (!spokenTo && found.confidence < SPEAK_UP) return undefined
  // A bare place or time tells of no problem.
  if (factsAlone(look, said.words) !== undefined) return undefined
  return (ctx) => beginReport(ctx, said, found)
}

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

/** 我家也是 joins the case that this group spoke of last; a bare +1 only while it is fresh. */
const FRESH_MINUTES = 60
const RECENT_HOURS = 6

function joining(look: Look, room: Place, said: Said): Act | undefined {
  const { words } = look.env.content
  const plain = isWord(said.text, words['report.me-too'])
  if (!plain && !isWord(said.text, words['report.plus-one'])) return undefined
  const since: Instant = plain
    ? plus(look.now, { hours: -RECENT_HOURS })
    : plus(look.now, { minutes: -FRESH_MINUTES })
  const id = latestReportIn(look.db, room.id, since)
  if (id === undefined) return undefined
  return (ctx) => joinSay(ctx, id, { words: said.words, channel: 'group', room: room.id })
}

/** 发错楼了，是4号楼: puts the latest report of the speaker right. */
const WRONG = /(?:[发说打写报搞弄]错|更正|其实是|应该是)/u
const REPAIR_HOURS = 24

function repairing(said: Said): Act | undefined {
  if (!WRONG.test(said.words)) return undefined
  const right = said.words.split(WRONG).at(-1) ?? ''
  return (ctx) => repair(ctx, right)
}

function repair(ctx: Ctx, words: string): Answer {
  const id = latestOwn(ctx)
  const [place] = findPlaces(words, ctx.env.content.community)
  if (id === undefined || place === undefined || place.relative || place.elsewhere) {
    return ctx.where === 'direct' ? phrase('core.unclear') : undefined
  }
  const changed = correct(ctx, ctx.who, id, {
    placeWords: place.text,
    ...(place.id !== undefined && { place: place.id }),
  })
  if (!changed.ok) return changed.error
  const shown = placeSay(ctx.env, {
    placeWords: place.text,
    ...(place.id !== undefined && { place: place.id }),
  })
  return phrase('reports.corrected', { no: id, place: shown })
}

export function latestOwn(ctx: Ctx): CaseId | undefined {
  return latestReportOf(ctx.tx, ctx.who.id, plus(ctx.now, { hours: -REPAIR_HOURS }))
}
