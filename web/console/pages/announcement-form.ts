import { z } from 'zod'
import { type Phrase, phrase } from '../../../content/i18n.ts'
import { toLocalDate } from '../../../content/time.ts'
import type { RoomId } from '../../../db/schema.ts'
import { REPEATS_EVERY } from '../../../db/schema-announcements.ts'
import {
  type AnnouncementInput,
  type Audience,
  EVERYBODY,
} from '../../../handlers/announcements/service.ts'
import { err, ok, type Result } from '../../../handlers/core/result.ts'
import type { Filled } from '../form.ts'
import { instantOf, localText, momentField } from '../moments.ts'
import type { View } from '../view.ts'

/** The form in which an announcement is written, and what it means. */

export const MAX_TEXT = 5000

export const writeForm = z.object({
  text: z.string().trim().min(1).max(MAX_TEXT),
  urgent: z.enum(['yes']).optional(),
  'audience[]': z.array(z.string()).default([]),
  sendAt: momentField,
  repeats: z.union([z.literal(''), z.enum(REPEATS_EVERY)]),
  until: z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d-\d\d$/)]),
  expires: momentField,
})
export type Written = z.infer<typeof writeForm>
/** What was typed as an announcement; nobody chosen is nobody told. */
export function inputFrom(view: View, form: Written): Result<AnnouncementInput, Phrase> {
  const audience = audienceFrom(form['audience[]'])
  if (audience === undefined) {
    return err(phrase('console.announcement.noAudience'))
  }
  const first = instantOf(view, form.sendAt)
  const repeats = form.repeats
  const until = form.until === '' ? undefined : toLocalDate(form.until)
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

/** An announcement as its form holds it. */
export function typed(view: View, input: AnnouncementInput): Filled {
  const { audience, schedule } = input
  const chosen =
    audience.kind === 'all'
      ? ['all']
      : [
          ...audience.rooms.map((id) => `room:${id}`),
          ...audience.places.map((id) => `place:${id}`),
          ...audience.tags.map((tag) => `tag:${tag}`),
        ]
  return {
    values: {
      text: input.text,
      urgent: input.urgent ? 'yes' : '',
      'audience[]': chosen.join(','),
      sendAt: localText(view, schedule?.first),
      repeats: schedule?.repeats?.every ?? '',
      until: schedule?.repeats?.until ?? '',
      expires: localText(view, input.expires),
    },
    errors: {},
  }
}
