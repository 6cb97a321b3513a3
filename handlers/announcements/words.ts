import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, daysBetween, type Instant, partsOf, timeIn } from '../../content/time.ts'
import type { AnnouncementRow } from '../../db/queries/announcement.ts'
import type { DeliveryRow } from '../../db/queries/announcement-delivery.ts'
import { filesOf } from '../../db/queries/outbox-file.ts'
import type { Reader } from '../../db/store.ts'
import { datePhrase, dayPhrase, weekdayPhrase } from '../core/dates.ts'
import type { Env } from '../core/feature.ts'
import type { Draft } from './drafts.ts'
import { type Preview, topics } from './preview.ts'
import type { Progress, Tally } from './progress.ts'
import type { Schedule } from './schedule.ts'
import { scheduleOf } from './sending.ts'

/** What staff read of announcements. */

/** Why something cannot go out, each reason on its line. */
export function refused(reasons: readonly Phrase[]): Say {
  return [phrase('announcements.refused'), ...reasons]
}

interface Now {
  readonly now: Instant
  readonly env: Env
}

/** A moment as staff read it: 明天（11月25日 周三） 09:00. */
export function momentPhrase({ now, env }: Now, at: Instant): Phrase {
  return phrase('announcements.moment', {
    day: dayPhrase(dateIn(env.zone, at), dateIn(env.zone, now)),
    time: timeIn(env.zone, at),
  })
}

/** The whole preview, with how to confirm. */
export function previewSay(at: Now, db: Reader, draft: Draft): Say {
  const { draftMinutes: minutes } = at.env.content.announcementRules
  const { id: no, code } = draft.row
  return [
    phrase('announcements.preview', { no }),
    ...factsSay(at, db, draft),
    phrase('announcements.confirmHow', { code, minutes, no }),
  ]
}

/** What a colleague reads who has to agree. */
export function approvalSay(at: Now, db: Reader, draft: Draft, author: string): Say {
  const { row } = draft
  const { approvalHours: hours } = at.env.content.announcementRules
  return [
    phrase('announcements.approve', { no: row.id, author }),
    ...factsSay(at, db, draft),
    phrase('announcements.approveHow', { code: row.code, hours }),
  ]
}

function factsSay(at: Now, db: Reader, { row, preview }: Draft): readonly Say[] {
  const { rooms } = preview
  return [
    phrase('announcements.groups', { n: rooms.length, names: topics(rooms) }),
    timeSay(at, row),
    ...notes(at, row, preview),
    phrase('announcements.text', { text: preview.parts.join('\n\n') }),
    ...filesSay(db, row),
  ]
}

function* filesSay(db: Reader, row: AnnouncementRow): Generator<Say> {
  const names = filesOf(db, row.id).map(({ name }) => name)
  const documents = names.filter((name) => name !== undefined)
  const pictures = names.length - documents.length
  if (pictures > 0) yield phrase('announcements.pictures', { n: pictures })
  if (documents.length > 0) {
    yield phrase('announcements.files', { n: documents.length, names: documents.join('、') })
  }
}

function timeSay(at: Now, row: AnnouncementRow): Say {
  const schedule = scheduleOf(row)
  if (schedule === undefined) return phrase('announcements.atOnce')
  const { first, repeats } = schedule
  if (repeats === undefined) return phrase('announcements.at', { when: momentPhrase(at, first) })
  return phrase('announcements.repeated', {
    every: everyPhrase(at, schedule),
    time: timeIn(at.env.zone, first),
    day: datePhrase(dateIn(at.env.zone, first)),
    until: datePhrase(repeats.until),
  })
}

function everyPhrase({ env }: Now, { first, repeats }: Schedule): Phrase {
  const start = dateIn(env.zone, first)
  switch (repeats?.every) {
    case 'weekly':
      return phrase('announcements.weekly', { weekday: weekdayPhrase(start) })
    case 'monthly':
      return phrase('announcements.monthly', { day: partsOf(start).day })
    default:
      return phrase('announcements.daily')
  }
}

/** A date without a year that is over this year is one of the next: perhaps a slip. */
const FAR_DAYS = 180

/** From here on it is worth saying how long it takes. */
const LONG_MINUTES = 2

function* notes(at: Now, row: AnnouncementRow, preview: Preview): Generator<Say> {
  if (row.expires_at !== null) {
    yield phrase('announcements.expires', { when: momentPhrase(at, row.expires_at) })
  }
  const { zone } = at.env
  const days = row.send_at && daysBetween(dateIn(zone, at.now), dateIn(zone, row.send_at))
  if (days !== null && days > FAR_DAYS) yield phrase('announcements.note.far', { days })
  if (row.urgent === 1) yield phrase('announcements.note.urgent')
  if (preview.held) {
    yield phrase('announcements.note.quiet', { when: momentPhrase(at, preview.sendsAt) })
  }
  if (preview.unbound.length > 0) {
    yield phrase('announcements.note.unbound', { names: topics(preview.unbound) })
  }
  if (preview.off.length > 0) yield phrase('announcements.note.off', { names: topics(preview.off) })
  if (preview.same !== undefined) yield phrase('announcements.note.same', { no: preview.same.id })
  if (preview.minutes >= LONG_MINUTES) {
    yield phrase('announcements.note.minutes', { n: preview.minutes })
  }
  if (preview.overDay) yield phrase('announcements.note.day')
  if (preview.parts.length > 1) {
    yield phrase('announcements.note.parts', { n: preview.parts.length })
  }
}

/** `12/40 已发`, and what there is to do about the rest. */
export function progressSay(at: Now, progress: Progress): Say {
  const { row } = progress
  if (row.occurrences === 0) return standingSay(at, row)
  return [
    phrase('announcements.progress', { no: row.id, ...sentOf(progress), head: headOf(row) }),
    ...troubleSay(progress),
    ...(row.next_at === null
      ? []
      : [phrase('announcements.next', { when: momentPhrase(at, row.next_at) })]),
  ]
}

function sentOf({ counts, total }: Tally) {
  return { sent: counts.sent, total }
}

/** An announcement of which nothing has gone out. */
function standingSay(at: Now, row: AnnouncementRow): Say {
  const vars = { no: row.id, head: headOf(row) }
  switch (row.state) {
    case 'draft':
      return phrase('announcements.standing.draft', vars)
    case 'awaiting_approval':
      return phrase('announcements.standing.awaiting', vars)
    case 'cancelled':
      return phrase('announcements.standing.cancelled', vars)
    case 'queued':
      return row.next_at === null
        ? phrase('announcements.standing.expired', vars)
        : phrase('announcements.standing.queued', {
            ...vars,
            when: momentPhrase(at, row.next_at),
          })
    default:
      return phrase('announcements.standing.expired', vars)
  }
}

/** The beginning of a text, by which it is known again. */
export function headOf({ text }: AnnouncementRow): string {
  const signs = [...text.replaceAll('\n', ' ')]
  return signs.length > 14 ? `${signs.slice(0, 14).join('')}…` : signs.join('')
}

const SHOWN = 10

/** What did not arrive, group by group, why, and what can be done. */
export function troubleSay({ row, deliveries, counts }: Progress): readonly Say[] {
  const of = (...states: readonly DeliveryRow['state'][]) =>
    deliveries.filter(({ state }) => states.includes(state))
  const failed = of('failed', 'expired', 'skipped')
  const unknown = of('unknown')
  const retried = deliveries.some((d) => d.state === 'failed' || isLate(d))
  const recalled = deliveries.filter((d) => d.recalled > 0).length
  const stuck = deliveries.filter((d) => d.stuck > 0)
  return [
    ...(counts.waiting > 0 ? [phrase('announcements.waiting', { n: counts.waiting })] : []),
    ...failed
      .slice(0, SHOWN)
      .map((d) => phrase('announcements.failure', { topic: d.topic, why: whyOf(d) })),
    ...(failed.length > SHOWN ? [phrase('announcements.more', { n: failed.length - SHOWN })] : []),
    ...(retried ? [phrase('announcements.retryHow', { no: row.id })] : []),
    ...unknown
      .slice(0, SHOWN)
      .map((d) => phrase('announcements.unknown', { topic: d.topic, no: d.trouble ?? 0 })),
    ...(unknown.length > SHOWN
      ? [phrase('announcements.more', { n: unknown.length - SHOWN })]
      : []),
    ...(unknown.length > 0 ? [phrase('staff.sendsHow')] : []),
    ...(recalled > 0 ? [phrase('announcements.recalled', { n: recalled })] : []),
    ...(stuck.length > 0 ? [phrase('announcements.stuck', { names: topics(stuck) })] : []),
  ]
}

function isLate({ state, reason }: DeliveryRow): boolean {
  return state === 'expired' && reason === 'late'
}

/** Why a group has not got it. */
export function whyOf({ state, reason }: DeliveryRow): Phrase {
  if (state === 'unknown') return phrase('announcements.why.unknown')
  switch (reason) {
    case 'no_files':
      return phrase('announcements.why.noFiles')
    case 'file_lost':
      return phrase('announcements.why.fileLost')
    case 'room_off':
      return phrase('announcements.why.off')
    case 'cancelled':
      return phrase('announcements.why.cancelled')
    case 'by_staff':
      return phrase('announcements.why.byStaff')
    default:
      return phrase(state === 'failed' ? 'announcements.why.failed' : 'announcements.why.late')
  }
}

/** One line of the list. */
export function listLine(at: Now, progress: Tally): Say {
  const { row } = progress
  if (row.occurrences === 0) return standingSay(at, row)
  const vars = { no: row.id, ...sentOf(progress), head: headOf(row) }
  return row.state === 'cancelled'
    ? phrase('announcements.lineCancelled', vars)
    : phrase('announcements.line', vars)
}
