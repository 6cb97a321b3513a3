import type { AnnouncementState } from '../../db/schema-announcements.ts'

/** What can happen to an announcement. */
export const ANNOUNCEMENT_EVENTS = [
  'edit',
  'submit',
  'confirm',
  'finish',
  'retry',
  'cancel',
  'lapse',
] as const
export type AnnouncementEvent = (typeof ANNOUNCEMENT_EVENTS)[number]

type Row = Readonly<Partial<Record<AnnouncementEvent, AnnouncementState>>>

/**
 * `submit` is the author's confirmation where a colleague has to agree, `confirm` the last one; `finish` comes when
 * nothing is left to send, `lapse` when it is too late for what was not confirmed or not sent at all.
 */
const NEXT: Readonly<Record<AnnouncementState, Row>> = {
  draft: {
    edit: 'draft',
    submit: 'awaiting_approval',
    confirm: 'queued',
    cancel: 'cancelled',
    lapse: 'expired',
  },
  awaiting_approval: { edit: 'draft', confirm: 'queued', cancel: 'cancelled', lapse: 'expired' },
  queued: { finish: 'done', cancel: 'cancelled', lapse: 'expired' },
  done: { retry: 'queued' },
  cancelled: {},
  expired: {},
}

/** The state in which an announcement is after `event`; `undefined` where it cannot happen. */
export function after(
  state: AnnouncementState,
  event: AnnouncementEvent,
): AnnouncementState | undefined {
  return NEXT[state][event]
}
