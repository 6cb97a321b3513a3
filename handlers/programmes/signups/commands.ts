import { phrase, type Say } from '../../../content/i18n.ts'
import { noteTold, type OccurrenceRow, occurrenceById } from '../../../db/queries/occurrence.ts'
import type { SignUpRow } from '../../../db/queries/sign-up.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { type Answer, type Command, type Ctx, command } from '../../core/feature.ts'
import { listed } from '../../core/norms.ts'
import { reply } from '../../core/reply.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { may } from '../../core/roles.ts'
import { isWord } from '../../core/words.ts'
import { byDay } from '../view.ts'
import { checkIn, checkInOpen, openNow } from './check-in.ts'
import { checkInWords, type Told } from './check-in-words.ts'
import { addByPhone } from './desk.ts'
import { choices, lookOf, meant, whoElse } from './find.ts'
import { guestOf } from './parties.ts'
import { signedUpSay } from './said.ts'
import { type Asker, own, placeOf, signUp, withdraw } from './service.ts'
import { codeSay } from './staff-commands.ts'
import { readWish, type Which, type Wish } from './words.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const

export function askerOf(ctx: Ctx): Asker {
  return { id: ctx.who.id, name: ctx.who.name, room: ctx.room?.id }
}

/** Answers, and notes what of: whoever is told here is told again when it changes. */
export function tellOf(ctx: Ctx, row: OccurrenceRow, say: Say): undefined {
  const outbox = reply(ctx, say)
  if (outbox !== undefined) noteTold(ctx.tx, outbox, [row.id])
}

const join = command({
  name: 'signups.join',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'signups.help.join', example: 'signups.example.join' },
  parse: (said, env, today) => {
    const words = env.content.words
    if (isWord(said.text, words['signup.ask'])) return 'ask' as const
    const verbs = [...(words['signup'] ?? []), ...(words['signup.wait'] ?? [])]
    return readWish(said, { env, today, verbs })
  },
  run: (ctx, wish) => (wish === 'ask' ? choices(ctx) : joinAs(ctx, wish)),
})

/** Signs up whom the wish names, and says so. Staff who name people take them down as on the telephone. */
export function joinAs(ctx: Ctx, wish: Wish): Answer {
  if (wish.people !== undefined && wish.people > 1) return whoElse(wish.people)
  const found = meant(ctx, wish.which)
  if (!found.ok) return found.error
  const row = found.value
  if (!wish.self && may(ctx.who.role, 'staff')) {
    const done = wish.names.map((name) => ({ guest: name, ...addByPhone(ctx, row, name) }))
    return tellOf(ctx, row, signedUpSay(ctx, row, done))
  }
  const done = signUp(ctx, row, askerOf(ctx), wish)
  return done.ok ? tellOf(ctx, row, signedUpSay(ctx, row, done.value)) : done.error
}

const leave = command({
  name: 'signups.leave',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'signups.help.leave', example: 'signups.example.leave' },
  parse: (said, env, today) =>
    readWish(said, { env, today, verbs: env.content.words['signup.cancel'] ?? [] }),
  run: leaveAs,
})

/** Takes back what the speaker signed up for, and says so. */
export function leaveAs(ctx: Ctx, wish: Wish): Answer {
  const found = toLeave(ctx, wish.which)
  if (!found.ok) return found.error
  const row = found.value
  const names = wish.self ? [ctx.who.name, ...wish.names] : wish.names
  const whom = { self: wish.self, names: wish.names.length === 0 ? [] : names }
  const gone = withdraw(ctx, row, ctx.who.id, whom)
  if (gone.length === 0) return phrase('signups.notOn', { no: row.id })
  return [
    phrase('signups.left', { who: whoOf(gone) }),
    ...byDay(lookOf(ctx), [row], 'plain'),
    phrase('signups.joinAgain', { no: row.id }),
  ]
}

/** Without a number: the one that the speaker signed up for, or which ones there are. */
function toLeave(ctx: Ctx, which: Which): Result<OccurrenceRow, Say> {
  if (which !== 'latest') return meant(ctx, which)
  const ids = [...new Set(own(ctx, ctx.who.id).map((s) => s.occurrence_id))]
  const [only] = ids
  if (only === undefined) return err(phrase('signups.none'))
  const row = ids.length === 1 ? occurrenceById(ctx.tx, only) : undefined
  if (row === undefined)
    return err(ctx.room === undefined ? ownSay(ctx) : phrase('signups.whichToLeave'))
  return meant(ctx, { no: row.id })
}

function whoOf(rows: readonly SignUpRow[]): Say {
  const guests = rows.filter((row) => guestOf(row) !== '').map((row) => row.name)
  if (guests.length === 0) return phrase('signups.you')
  const names = listed(guests)
  return guests.length === rows.length
    ? phrase('console.words', { words: names })
    : phrase('signups.youAnd', { names })
}

const mine = command({
  name: 'signups.mine',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'signups.help.mine', example: 'signups.example.mine' },
  parse: (said, env) => (isWord(said.text, env.content.words['signup.mine']) ? true : undefined),
  run: (ctx) => (ctx.room === undefined ? ownSay(ctx) : phrase('core.sayPrivately')),
})

function ownSay(ctx: Ctx): Say {
  const rows = own(ctx, ctx.who.id)
  if (rows.length === 0) return phrase('signups.none')
  const ids = [...new Set(rows.map((row) => row.occurrence_id))]
  return ids.flatMap((id) => {
    const of = occurrenceById(ctx.tx, id)
    if (of === undefined) return []
    const here = rows.filter((row) => row.occurrence_id === id)
    return [...byDay(lookOf(ctx), [of], 'numbers'), ...here.map((row) => ownLine(ctx, row))]
  })
}

function ownLine(ctx: Ctx, row: SignUpRow): Say {
  const who = whoOf([row])
  if (row.arrived_at !== null) return phrase('signups.ownArrived', { who })
  if (row.state === 'taken') return phrase('signups.ownSeat', { who })
  if (row.state === 'offered') return phrase('signups.ownOffer', { who, no: row.occurrence_id })
  return phrase('signups.waiting', { who, place: placeOf(ctx, row) })
}

const arrive = command({
  name: 'signups.arrive',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['staff-room'],
  help: { what: 'signups.help.arrive', example: 'signups.example.arrive' },
  parse: (said, env) => checkInWords(said, env.content.words['signup.arrive'] ?? [], 'code'),
  run: (ctx, told): Answer => {
    const { no, code } = told
    const isStaff = may(ctx.who.role, 'staff') && ctx.where !== 'room'
    if (isStaff && no !== undefined && code === undefined) return codeSay(ctx, no)
    const found = toCheckIn(ctx, told)
    if (!found.ok) return found.error
    if (code === undefined) return phrase('signups.codeHow', { no: found.value.id })
    const { names, self } = told
    const done = checkIn(ctx, found.value, askerOf(ctx), { names, self }, code)
    if (!done.ok) return done.error
    return phrase('signups.arrived', { who: whoOf(done.value) })
  },
})

function toCheckIn(ctx: Ctx, { no, code }: Told): Result<OccurrenceRow, Say> {
  const look = lookOf(ctx)
  if (no !== undefined) return checkInOpen(look, no)
  const open = openNow(look)
  const expected = new Set<OccurrenceId>(own(ctx, ctx.who.id).map((s) => s.occurrence_id))
  const right = open.filter((row) => row.code === code)
  const [row] = right.length > 0 ? right : open.filter(({ id }) => expected.has(id))
  return row === undefined ? err(phrase('signups.arriveHow')) : ok(row)
}

export const signUpCommands: readonly Command[] = [leave, mine, arrive, join]
