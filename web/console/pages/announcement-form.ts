import { z } from 'zod'
import { type Phrase, phrase } from '../../../content/i18n.ts'
import { toLocalDate } from '../../../content/time.ts'
import type { RoomId } from '../../../db/schema.ts'
import { REPEATS_EVERY } from '../../../db/schema-announcements.ts'
import {
  type AnnouncementInput,
  type Audience,
  EVERYBODY,
  type FileRef,
  inputOf,
  type Progress,
} from '../../../handlers/announcements/service.ts'
import { err, ok, type Result } from '../../../handlers/core/result.ts'
import { type Filled, refused } from '../form.ts'
import { dayField, instantOf, localText, momentField } from '../moments.ts'
import type { View } from '../view.ts'
import { FILES, withFiles } from './announcement-files.ts'

/** The form in which an announcement is written, and what it means. */

export interface Standing extends Pick<Progress, 'row'> {
  readonly files: readonly FileRef[]
}

export const MAX_TEXT = 5000

export const writeForm = z.object({
  text: z.string().trim().min(1).max(MAX_TEXT),
  urgent: z.enum(['yes']).optional(),
  'audience[]': z.array(z.string()).default([]),
  sendAt: momentField,
  repeats: z.union([z.literal(''), z.enum(REPEATS_EVERY)]),
  until: dayField,
  expires: momentField,
})
export type Written = z.infer<typeof writeForm>

/** The field that a refusal is about; others are about the whole. */
const FIELDS: Partial<Record<Phrase['key'], keyof Written | typeof FILES>> = {
  'announcements.error.empty': 'text',
  'announcements.error.long': 'text',
  'announcements.error.noRooms': 'audience[]',
  'announcements.error.near': 'audience[]',
  'announcements.error.roomsOff': 'audience[]',
  'announcements.error.unbound': 'audience[]',
  'announcements.error.past': 'sendAt',
  'announcements.error.expiresFirst': 'expires',
  'announcements.error.until': 'until',
  'announcements.error.files': FILES,
}

/** Every reason beside the field that it is about; what was typed stays. */
export function blocked(filled: Filled, reasons: readonly Phrase[]): Filled {
  return reasons.reduce((so, reason) => refused(so, reason, FIELDS[reason.key] ?? ''), filled)
}

/** What was typed as an announcement, or what is missing in which field; nobody chosen is nobody told. */
export function inputFrom(
  view: View,
  form: Written,
): Result<AnnouncementInput, readonly [keyof Written, Phrase]> {
  const audience = audienceFrom(form['audience[]'])
  if (audience === undefined) return err(['audience[]', phrase('console.announcement.noAudience')])
  const first = instantOf(view, form.sendAt)
  const { repeats } = form
  const until = form.until === '' ? undefined : toLocalDate(form.until)
  if (repeats && !first) return err(['sendAt', phrase('console.announcement.needSendAt')])
  if (repeats && !until) return err(['until', phrase('console.announcement.needUntil')])
  if (until && !repeats) return err(['repeats', phrase('console.announcement.needRepeats')])
  return ok({
    text: form.text,
    urgent: form.urgent === 'yes',
    audience,
    ...(first && {
      schedule: { first, ...(repeats && until ? { repeats: { every: repeats, until } } : {}) },
    }),
    expires: instantOf(view, form.expires),
  })
}

function audienceFrom(chosen: readonly string[]): Audience | undefined {
  if (chosen.includes('all')) return EVERYBODY
  const of = (kind: string) =>
    chosen.filter((c) => c.startsWith(`${kind}:`)).map((c) => c.slice(kind.length + 1))
  const rooms = of('room').map((id) => Number(id) as RoomId)
  const [places, tags] = [of('place'), of('tag')]
  if (rooms.length + places.length + tags.length === 0) return undefined
  return { kind: 'some', rooms, places, tags }
}

/** An announcement with its files as its form holds it. */
export function typed(view: View, { row, files }: Standing): Filled {
  const input = inputOf(row)
  const { audience, schedule } = input
  const chosen =
    audience.kind === 'all'
      ? ['all']
      : [
          ...audience.rooms.map((id) => `room:${id}`),
          ...audience.places.map((id) => `place:${id}`),
          ...audience.tags.map((tag) => `tag:${tag}`),
        ]
  const values = {
    text: input.text,
    urgent: input.urgent ? 'yes' : '',
    'audience[]': chosen.join(','),
    sendAt: localText(view, schedule?.first),
    repeats: schedule?.repeats?.every ?? '',
    until: schedule?.repeats?.until ?? '',
    expires: localText(view, input.expires),
    seen: row.code,
  }
  return withFiles({ values, errors: {} }, files)
}
