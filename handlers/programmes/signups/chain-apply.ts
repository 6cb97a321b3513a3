import { phrase, type Say } from '../../../content/i18n.ts'
import { addDays, dateIn } from '../../../content/time.ts'
import { type OccurrenceRow, occurrencesBetween } from '../../../db/queries/occurrence.ts'
import {
  chainVersions,
  insertChain,
  type SignUpRow,
  signUpsOf,
} from '../../../db/queries/sign-up.ts'
import { datePhrase } from '../../core/dates.ts'
import type { Answer, Ctx, Look, Place } from '../../core/feature.ts'
import { parseDay } from '../../core/text/when.ts'
import { plain, takeApart, vocabularyOf } from '../ask-words.ts'
import { nameOf } from '../names.ts'
import { type Chain, namesOf } from './chain.ts'
import { type Change, changeOf, type Version } from './chain-versions.ts'
import { attendanceOf } from './check-in.ts'
import { tellOf } from './commands.ts'
import { lookOf } from './find.ts'
import { isOpen, justTold } from './open.ts'
import { isHopeful, nameKey, nameParty, partyOf } from './parties.ts'
import { enlist, release } from './seats.ts'

/** What a 接龙 list in a group does to the sign-ups. */

/** What may stand above a list that names no activity. */
const FILLER =
  /[#\s\p{P}\p{S}\d]|接龙|报名|活动|讲座|参加|参与|的|请|要|想|大家|名单|统计|人数|社区|居民|我们|咱们|一下|来|开始|接着|往下|姓名|今天|明天|后天|本周|这周|下周|上午|下午|晚上|周[一二三四五六日天]|星期[一二三四五六日天]|月|日|号|点|半/gu
const DAYS_AHEAD = 30

/** The occurrence that a list is for: the one that it names, or else the one that Linli spoke of last in the group. */
export function chainTarget(look: Look, room: Place, { header }: Chain): OccurrenceRow | undefined {
  const { tokens } = takeApart(plain(header), vocabularyOf(look.env.content))
  const names = new Set(tokens.flatMap((t) => (t.common || !t.programme ? [] : t.programme)))
  const [id, ...others] = names
  if (others.length > 0) return undefined
  if (id === undefined) {
    const isBare = header.replace(FILLER, '') === ''
    return isBare ? justTold(look, { room: room.id }) : undefined
  }
  const today = dateIn(look.env.zone, look.now)
  const rows = occurrencesBetween(look.db, today, addDays(today, DAYS_AHEAD)).filter(
    (row) => row.programme === id && isOpen(look, row),
  )
  const day = parseDay(plain(header), today)?.date
  return day === undefined ? rows[0] : rows.find((row) => row.held_on === day)
}

/**
 * Reads the version of a list: whoever is new gets a seat or waits, whoever was struck out loses it. Answers the first
 * version, and one that is too long for the seats; else nothing, since lists come again with every name.
 */
export function applyChain(ctx: Ctx, room: Place, row: OccurrenceRow, chain: Chain): Answer {
  const names = new Map(namesOf(chain).map((name) => [nameKey(name), name]))
  const before = versionsOf(ctx, room, row)
  const change = changeOf(before, { by: ctx.who.id, names: [...names.keys()] })
  insertChain(ctx.tx, {
    occurrence_id: row.id,
    room_id: room.id,
    resident_id: ctx.who.id,
    names: JSON.stringify([...names.keys()]),
    at: ctx.now,
  })
  strike(ctx, row, change)
  const waiting = add(ctx, room, row, change, names).filter((s) => s.state === 'waiting').length
  const say: Say[] = [
    ...(before.length === 0 ? [firstSay(ctx, row)] : []),
    ...(waiting > 0 ? [phrase('signups.chainFull', { n: waiting })] : []),
  ]
  return say.length === 0 ? undefined : tellOf(ctx, row, say)
}

function versionsOf(ctx: Ctx, room: Place, row: OccurrenceRow): Version[] {
  return chainVersions(ctx.tx, row.id, room.id).map((version) => ({
    by: version.resident_id,
    names: JSON.parse(version.names) as string[],
  }))
}

function firstSay(ctx: Ctx, row: OccurrenceRow): Say {
  const look = lookOf(ctx)
  const day = datePhrase(row.held_on)
  const what = phrase('signups.what', {
    day,
    time: row.start_time,
    name: nameOf(look, row.programme),
  })
  return phrase('signups.chainRead', { what, seats: attendanceOf(look, row.id).seats })
}

/** Only what came by a list goes by a list. */
function strike(ctx: Ctx, row: OccurrenceRow, { remove }: Change): void {
  for (const seen of signUpsOf(ctx.tx, row.id)) {
    if (seen.via !== 'chain' || !isHopeful(seen) || !remove.includes(nameKey(seen.name))) continue
    release(ctx, row, seen, 'list')
  }
}

/** A name that is on the list already, in whichever way, is the same person. */
function add(
  ctx: Ctx,
  room: Place,
  row: OccurrenceRow,
  change: Change,
  names: ReadonlyMap<string, string>,
): SignUpRow[] {
  const present = signUpsOf(ctx.tx, row.id).filter(isHopeful)
  const known = new Set(present.map((seen) => nameKey(seen.name)))
  const fresh = change.add.filter((key) => !known.has(key))
  const isOwn = ownName(ctx, present, fresh)
  return fresh.map((key) => {
    const name = names.get(key) ?? key
    const who = isOwn(key)
      ? { party: partyOf(ctx.who.id), resident: ctx.who.id }
      : { party: nameParty(name) }
    return enlist(ctx, row, { ...who, name, via: 'chain', room: room.id }).row
  })
}

/** Who adds one name and is not on the list themselves has added their own. */
function ownName(
  ctx: Ctx,
  present: readonly SignUpRow[],
  fresh: readonly string[],
): (key: string) => boolean {
  if (present.some((seen) => seen.resident_id === ctx.who.id)) return () => false
  const own = nameKey(ctx.who.name)
  if (fresh.includes(own)) return (key) => key === own
  const people = fresh.filter((key) => !/\+\d$/.test(key))
  return (key) => people.length === 1 && key === people[0]
}
