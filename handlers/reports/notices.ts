import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { reportKind } from '../../content/report-rules.ts'
import { plus } from '../../content/time.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { lastCaseEvent } from '../../db/queries/case-event.ts'
import { complaintsOf } from '../../db/queries/complaint.ts'
import { residentById, staffList } from '../../db/queries/resident.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Recipient, Work } from '../core/feature.ts'
import { listed } from '../core/norms.ts'
import { enqueue } from '../core/outbox.ts'
import { quietUntil } from '../core/quiet.ts'
import type { CaseChange } from './cases.ts'
import { aboutCase, dueDay, dueSay, happenedSay, nameOf } from './lines.ts'
import { statePhrase } from './refusals.ts'
import type { Actor } from './rights.ts'
import { suggested } from './staff-find.ts'
import { isOpen } from './transitions.ts'

/**
 * Who is told when a case changes: whoever handles it, the staff, the reporters. What goes to the staff's group never
 * says who reported it; what goes to a group of residents never says where exactly, and only with consent.
 */

/** What was said of a case a while ago is of no use to those who handle it. */
const STAFF_DAYS = 3
const RESIDENT_DAYS = 30
const NAMED = 3

interface Told {
  readonly to: readonly Recipient[]
  readonly say: Say
}

/** A new case, to the staff; urgent ones at any hour, and that is written down. */
export function tellFiled(work: Work, row: CaseRow): void {
  const { tx, env } = work
  const people = suggested(tx, env, row).slice(0, NAMED)
  const name = people[0]?.name
  const say = [
    phrase(row.urgent === 1 ? 'cases.tell.filedUrgent' : 'cases.tell.filed', {
      no: row.id,
      about: aboutCase(env, row),
      when: happenedSay(env, row),
    }),
    ...(name === undefined
      ? [phrase('cases.tell.acceptHow', { no: row.id })]
      : [
          phrase('cases.tell.suggest', { names: listed(people.map((p) => p.name)) }),
          phrase('cases.tell.assignHow', { no: row.id, name }),
        ]),
  ]
  send(work, row, 'filed', { to: staffRooms(work), say })
}

/** Everything else that becomes of a case. */
export function tellChange(work: Work, by: Actor | undefined, change: CaseChange): void {
  const { case: row, event } = change
  for (const [i, told] of forHandlers(work, change).entries()) {
    send(work, row, `${event}.${i}`, without(work, by, told))
  }
  const say = forReporters(work, change)
  if (say !== undefined) {
    const to = reporters(work, row).map((resident) => ({ resident }))
    sendOut(work, row, `${event}r`, without(work, by, { to, say }))
  }
  if (change.action === 'close' || agreedLate(change)) tellGroups(work, change)
}

/** To those who handle it. An urgent case may wake them, and that is written down. */
function send(work: Work, row: CaseRow, what: string, { to, say }: Told): void {
  const { tx, now, env } = work
  const urgent = row.urgent === 1 && isOpen(row.state)
  for (const each of to) {
    enqueue(work, {
      to: each,
      key: keyOf(row, what, each),
      say,
      priority: urgent ? 'urgent' : 'notice',
      expires: plus(now, { days: STAFF_DAYS }),
    })
  }
  if (urgent && quietUntil(now, env.content.chat.quietHours, env.zone) !== undefined) {
    audit(tx, { at: now, by: undefined, action: 'report.urgent', subject: `case ${row.id}` })
  }
}

/** To residents, never in the quiet hours. */
function sendOut(work: Work, row: CaseRow, what: string, { to, say }: Told): void {
  const expires = plus(work.now, { days: RESIDENT_DAYS })
  for (const each of to) {
    enqueue(work, { to: each, key: keyOf(row, what, each), say, priority: 'notice', expires })
  }
}

function keyOf(row: CaseRow, what: string, { room, resident }: Recipient): string {
  return `case:${row.id}:${what}:${room ?? `r${resident}`}`
}

/** Whoever did it need not be told. */
function without({ tx }: Work, by: Actor | undefined, { to, say }: Told): Told {
  if (by === undefined) return { to, say }
  const kept = (id: ResidentId) => residentById(tx, id)?.merged_into ?? id
  return { to: to.filter((t) => t.resident === undefined || kept(t.resident) !== by.id), say }
}

function staffRooms({ tx }: Work): Recipient[] {
  return enabledRooms(tx, 'staff').map((room) => ({ room: room.id }))
}

/** Whoever has the case, or the staff's group while nobody does. */
function handler(work: Work, row: CaseRow): Recipient[] {
  return row.assignee_id === null ? staffRooms(work) : [{ resident: row.assignee_id }]
}

function owners(work: Work): Recipient[] {
  const found = staffList(work.tx).filter((p) => p.role === 'owner')
  return found.length > 0 ? found.map((p) => ({ resident: p.id })) : staffRooms(work)
}

function forHandlers(work: Work, change: CaseChange): Told[] {
  const { case: row, action, acting, detail } = change
  // Something graver about the same case was said at the same moment.
  if (detail['beside'] !== undefined) return []
  const { env } = work
  const vars = { no: row.id, about: aboutCase(env, row) }
  const dated = { ...vars, day: dueDay(env, row) }
  const own = handler(work, row)
  const all = row.assignee_id === null ? own : [...staffRooms(work), ...own]
  switch (action) {
    case 'assign':
      return assigned(work, change)
    case 'giveBack':
      return [{ to: staffRooms(work), say: givenBack(work, change) }]
    case 'reopen':
      return [{ to: all, say: phrase('cases.tell.reopened', dated) }]
    case 'urge': {
      const key = acting === 'reporter' ? 'cases.tell.urgedByReporter' : 'cases.tell.urged'
      return [{ to: own, say: phrase(key, dated) }]
    }
    case 'add':
      return [{ to: own, say: phrase('cases.tell.added', vars) }]
    case 'correct':
      return acting === 'reporter' ? [{ to: own, say: phrase('cases.tell.corrected', vars) }] : []
    case 'withdraw':
      return row.state === 'withdrawn' ? [{ to: own, say: off(work, row) }] : []
    case 'reject':
    case 'transfer':
    case 'merge':
      return row.assignee_id === null ? [] : [{ to: own, say: off(work, row) }]
    case 'remind':
      return [{ to: own, say: raised(work, change) }]
    case 'supervise':
      return [{ to: all, say: raised(work, change) }]
    case 'escalate':
      return [{ to: owners(work), say: raised(work, change) }]
    default:
      return []
  }
}

/** That the time to contact the reporter, or to close the case, is near or over; by staff, that it is supervised. */
function raised({ tx, env }: Work, { case: row, action, detail }: CaseChange): Say {
  const name = nameOf(tx, row.assignee_id) ?? phrase('cases.tell.nobody')
  const vars = { no: row.id, about: aboutCase(env, row), name }
  const responds = detail['which'] === 'respond'
  const day = dueSay(env, responds ? row.due_respond_at : row.due_resolve_at)
  switch (action) {
    case 'remind':
      return phrase(responds ? 'cases.tell.remindRespond' : 'cases.tell.remind', { ...vars, day })
    case 'escalate':
      return phrase(responds ? 'cases.tell.escalateRespond' : 'cases.tell.escalate', vars)
    default:
      if (detail['which'] === undefined) return phrase('cases.tell.superviseNow', { ...vars, day })
      return phrase(responds ? 'cases.tell.superviseRespond' : 'cases.tell.supervise', vars)
  }
}

/** To the new handler, and to the one who had it before. */
function assigned(work: Work, { case: row, before }: CaseChange): Told[] {
  const { env } = work
  const say = [
    phrase('cases.tell.assigned', {
      no: row.id,
      about: aboutCase(env, row),
      day: dueDay(env, row),
    }),
    phrase('cases.tell.assignedHow', { no: row.id }),
  ]
  const earlier = before.assignee_id
  return [
    { to: handler(work, row), say },
    ...(earlier === null || earlier === row.assignee_id
      ? []
      : [{ to: [{ resident: earlier }], say: phrase('cases.tell.passedOn', { no: row.id }) }]),
  ]
}

function givenBack({ tx, env }: Work, { case: row, before, internalNote }: CaseChange): Say {
  return phrase('cases.tell.givenBack', {
    no: row.id,
    about: aboutCase(env, row),
    name: nameOf(tx, before.assignee_id) ?? '',
    reason: internalNote ?? '',
  })
}

/** There is nothing more to do. */
function off({ env }: Work, row: CaseRow): Say {
  return phrase('cases.tell.off', {
    no: row.id,
    about: aboutCase(env, row),
    state: statePhrase(row.state),
  })
}

function forReporters(work: Work, change: CaseChange): Say | undefined {
  const { case: row, before, action, acting, publicNote } = change
  const { env } = work
  const no = row.id
  const about = aboutCase(env, row)
  const note = publicNote ?? ''
  const day = dueDay(env, row)
  switch (action) {
    case 'accept':
    case 'assign':
    case 'start':
      if (before.state !== 'pending') return undefined
      return [
        accepted(work, row),
        ...(row.public === 1 ? [] : [phrase('cases.tell.askConsent', { no })]),
      ]
    case 'reject':
      return phrase('cases.tell.rejected', { no, about, reason: note })
    case 'close':
      return [
        phrase('cases.tell.closed', { no, about, note }),
        phrase('cases.tell.closedHow', { no }),
      ]
    case 'extend':
      return phrase('cases.tell.extended', { no, about, reason: note, day })
    case 'pause':
      return phrase('cases.tell.paused', { no, about, reason: note })
    case 'transfer':
      return [
        phrase('cases.tell.transferred', { no, about, where: row.transferred_to ?? '' }),
        ...noteLine(note),
      ]
    case 'merge':
      return row.merged_into === null
        ? undefined
        : phrase('cases.tell.merged', { no, into: row.merged_into })
    case 'reopen':
      return acting === 'staff'
        ? phrase('cases.tell.reopenedForYou', { no, about, day })
        : undefined
    case 'note':
      return note === '' ? undefined : phrase('cases.tell.note', { no, note })
    default:
      return undefined
  }
}

function noteLine(note: string): Say[] {
  return note === '' ? [] : [phrase('cases.tell.noteAlone', { note })]
}

/** That it is taken up, what happens next, and by when. */
function accepted({ env }: Work, row: CaseRow): Phrase {
  const { next } = reportKind(env.content.reportRules, row.category, row.subtype)
  return phrase('cases.tell.accepted', {
    no: row.id,
    about: aboutCase(env, row),
    next,
    day: dueDay(env, row),
  })
}

function reporters({ tx }: Work, row: CaseRow): ResidentId[] {
  const standing = complaintsOf(tx, row.id).filter((c) => c.withdrawn_at === null)
  return [...new Set(standing.flatMap((c) => c.resident_id ?? []))]
}

const DONE: ReadonlySet<CaseRow['state']> = new Set(['done', 'revisited', 'archived'])

/** What is done already is told once the last reporter agrees. */
function agreedLate({ action, before, case: row }: CaseChange): boolean {
  return action === 'publish' && DONE.has(row.state) && before.public === 0
}

/** Where every reporter agreed, the groups in which it was reported hear how it ended. */
function tellGroups(work: Work, { case: row, event, publicNote }: CaseChange): void {
  const { tx, env } = work
  if (row.public !== 1) return
  const note = publicNote ?? lastCaseEvent(tx, row.id, 'close')?.public_note ?? ''
  const reports = complaintsOf(tx, row.id).filter((c) => c.withdrawn_at === null)
  if (reports.some((c) => c.consent !== 1)) return
  const rooms = new Set(reports.flatMap((c) => c.room_id ?? []))
  const to = [...rooms].filter((id) => roomById(tx, id)?.enabled === 1).map((room) => ({ room }))
  const say = phrase('cases.tell.group', { about: aboutCase(env, row), note })
  sendOut(work, row, `${event}g`, { to, say })
}
