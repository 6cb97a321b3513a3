import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { label, misfit } from '../http.ts'
import type { Faults, NewFile, NewMessage } from './port.ts'

/** The bodies of the sandbox's HTTP interface. */

const id = z.string().min(1).max(200)

/** What can be sent without words or bytes of its own. */
const KINDS = ['audio', 'video', 'file', 'emoticon', 'location', 'link', 'other'] as const

const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

type Body = Readonly<Record<string, unknown>>

function onlyOne(...fields: readonly string[]) {
  return (body: Body, ctx: z.RefinementCtx<Body>) => {
    const given = fields.filter((field) => body[field] !== undefined)
    if (given.length === 1) return
    const message = `exactly one of ${fields.join(', ')}, please`
    ctx.addIssue({ code: 'custom', path: [given[1] ?? fields[0] ?? ''], message })
  }
}

function onlyWithText(body: Body, ctx: z.RefinementCtx<Body>) {
  if (body['text'] !== undefined) return
  for (const field of ['mentions', 'quote']) {
    if (body[field] === undefined) continue
    ctx.addIssue({ code: 'custom', path: [field], message: 'goes with text only' })
  }
}

export const newPerson = z.strictObject({ name: label })

// What `GET /state` shows for somebody without a room nickname is the empty text.
const member = z.strictObject({ person: id, alias: z.string().max(200).exactOptional() })

export const newMember = member

export const newRoom = z.strictObject({ topic: label, members: z.array(member).max(500) })

/** A kind that the rest of the message says already is taken off. */
function withoutPlainKind(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('kind' in body)) return body
  const { kind, ...rest } = body
  return (kind === 'text' || kind === 'image' || kind === 'file') && kind in rest ? rest : body
}

const attachment = z.strictObject({ name: label, base64: z.string().min(1) })

export const newMessage = z.preprocess(
  withoutPlainKind,
  z
    .strictObject({
      from: id,
      room: id.exactOptional(),
      to: z.literal('bot').exactOptional(),
      text: z.string().min(1).exactOptional(),
      mentions: z.array(id).max(500).exactOptional(),
      quote: id.exactOptional(),
      image: attachment.exactOptional(),
      file: attachment.exactOptional(),
      kind: z.enum(KINDS).exactOptional(),
    })
    .superRefine(onlyOne('room', 'to'))
    .superRefine(onlyOne('text', 'image', 'file', 'kind'))
    .superRefine(onlyWithText),
)

/** The message with its file decoded. @throws Refused 400 when the bytes of a picture are none */
export async function toNewMessage(body: z.infer<typeof newMessage>): Promise<NewMessage> {
  const { image, file, kind, ...rest } = body
  if (image) return { ...rest, kind: 'image', image: await decode(image, 'image') }
  if (file) return { ...rest, kind: 'file', file: await decode(file, 'file') }
  return { ...rest, kind: kind ?? 'text' }
}

async function decode(
  { name, base64 }: z.infer<typeof attachment>,
  kind: 'image' | 'file',
): Promise<NewFile> {
  const path = `${kind}.base64`
  const bytes = Buffer.from(base64, 'base64')
  // Buffer skips what it cannot read; writing the bytes out again shows whether it did.
  if (bytes.toString('base64') !== base64) throw misfit(path, 'not valid base64')
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
  if (kind === 'image' && !PICTURES.includes(type)) {
    throw misfit(path, 'the bytes are not a PNG, JPEG, GIF or WebP picture')
  }
  return { name, type, bytes }
}

export const clockMove = z
  .strictObject({ set: z.string().exactOptional(), advance: z.string().exactOptional() })
  .superRefine(onlyOne('set', 'advance'))

export const relogin = z.strictObject({ newIds: z.boolean() })

const rate = z
  .union([z.number().min(0).max(1), z.boolean()], { error: 'a number from 0 to 1, or a boolean' })
  .transform(Number)
/** A switch that knows no share: any share above 0 turns it on. */
const toggle = rate.transform((share) => share > 0)

export const faults: z.ZodType<Partial<Faults>> = z.strictObject({
  dropSends: rate.exactOptional(),
  duplicateEvents: rate.exactOptional(),
  loseMessageIds: toggle.exactOptional(),
  truncateAtColonNewline: toggle.exactOptional(),
  textMentionsOnly: toggle.exactOptional(),
  throwOnSend: rate.exactOptional(),
})

export const whichMessages = z
  .strictObject({ room: id.exactOptional(), person: id.exactOptional(), since: id.exactOptional() })
  .superRefine(onlyOne('room', 'person'))
