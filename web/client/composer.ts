import type { MessageKind, SandboxMessage } from '../sandbox/port.ts'
import type { Draft } from './api.ts'
import { type App, attempt } from './app.ts'
import { button, byId, el, toast } from './dom.ts'
import {
  clearMentions,
  createMentions,
  type Mentions,
  mentionsIn,
  startMention,
} from './mentions.ts'
import { conversations, idOf, mentionable, nameOf, roomOf } from './state.ts'
import { strings } from './strings.ts'

const s = strings.composer
// Base64 adds a third, and the server takes 8 MiB.
const MAX_PICTURE = 5 * 1024 * 1024

/** The field in which one speaks, with everything that goes with a message. */
export interface Composer {
  readonly app: App
  readonly form: HTMLFormElement
  readonly field: HTMLTextAreaElement
  readonly mentions: Mentions
  quote: SandboxMessage | undefined
  /** Messages that the bot is busy with. */
  pending: number
  /** Who speaks where; what is half said belongs to that. */
  place: string
}

export function createComposer(app: App): Composer {
  const { model } = app
  const form = byId('composer', HTMLFormElement)
  const field = byId('say', HTMLTextAreaElement)
  const candidates = () => (model.open ? mentionable(model, model.open) : [])
  const mentions = createMentions(field, candidates)
  const composer = { app, form, field, mentions, quote: undefined, pending: 0, place: '' }
  wireText(composer)
  wirePictures(composer)
  const kind = byId('kind', HTMLSelectElement)
  kind.addEventListener('change', () => {
    if (kind.value) void say(composer, { kind: kind.value as MessageKind })
    kind.value = ''
  })
  return composer
}

export function renderComposer(composer: Composer): void {
  const { app, form } = composer
  const here = conversations(app.model).find(({ key }) => key === app.model.open)
  form.hidden = !here?.mine
  button('mention').hidden = here?.direct ?? false
  const place = `${app.model.me} ${here?.key}`
  if (place === composer.place) return
  composer.place = place
  clearMentions(composer.mentions)
  setQuote(composer, undefined)
}

/** Makes the next text an answer to `message`. */
export function quoteMessage(composer: Composer, message: SandboxMessage): void {
  if (composer.form.hidden) return
  setQuote(composer, message)
  composer.field.focus()
}

function wireText(composer: Composer): void {
  const { form, field, mentions } = composer
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void sayText(composer)
  })
  field.addEventListener('keydown', (event) => {
    // While an input method composes, Enter takes its proposal.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void sayText(composer)
  })
  button('mention').addEventListener('click', () => startMention(mentions))
  for (const node of form.querySelectorAll<HTMLElement>('[data-try]')) {
    node.addEventListener('click', () => {
      field.value = node.dataset['try'] ?? ''
      field.focus()
    })
  }
}

function wirePictures(composer: Composer): void {
  const file = byId('file', HTMLInputElement)
  file.addEventListener('change', () => {
    const picture = file.files?.[0]
    if (picture) void sayPicture(composer, picture)
    file.value = ''
  })
  composer.field.addEventListener('paste', (event) => {
    const picture = [...(event.clipboardData?.files ?? [])].find((f) => f.type.startsWith('image/'))
    if (!picture) return
    event.preventDefault()
    void sayPicture(composer, picture)
  })
}

async function sayText(composer: Composer): Promise<void> {
  const { field, mentions, quote } = composer
  const text = field.value
  if (!text.trim()) return
  const pointed = mentionsIn(mentions, text)
  const draft = {
    text,
    ...(pointed.length > 0 ? { mentions: pointed } : {}),
    ...(quote ? { quote: quote.id } : {}),
  }
  field.value = ''
  clearMentions(mentions)
  setQuote(composer, undefined)
  const said = await say(composer, draft)
  // What could not be said is given back, unless something new is being written.
  if (!said && field.value === '') field.value = text
}

async function sayPicture(composer: Composer, picture: File): Promise<void> {
  if (picture.size > MAX_PICTURE) toast(s.tooLarge)
  else await say(composer, { image: { name: picture.name, base64: await base64(picture) } })
}

/** Whether it was said. The answer comes with the events. */
async function say(
  composer: Composer,
  what: Omit<Draft, 'from' | 'room' | 'to'>,
): Promise<boolean> {
  const { api, model } = composer.app
  if (!model.open) return false
  const where = roomOf(model, model.open) ? { room: idOf(model.open) } : { to: 'bot' as const }
  busy(composer, 1)
  const answer = await attempt(api.say({ from: model.me, ...where, ...what }))
  busy(composer, -1)
  return answer !== undefined
}

function busy(composer: Composer, by: number): void {
  composer.pending += by
  const { name } = composer.app.model.network.bot
  byId('busy', HTMLElement).textContent = composer.pending > 0 ? strings.chat.busy(name) : ''
}

function setQuote(composer: Composer, message: SandboxMessage | undefined): void {
  const { model, api } = composer.app
  const bar = byId('quoting', HTMLDivElement)
  composer.quote = message
  bar.hidden = !message
  bar.replaceChildren()
  if (!message) return
  const name = nameOf(model, message.from, message.room)
  const words = strings.kinds[message.kind] || (message.text ?? '').slice(0, 60)
  bar.append(el('span', {}, s.quoting(name, words)))
  const drop = () => setQuote(composer, undefined)
  if (message.from === model.me) {
    const recall = () => {
      drop()
      void attempt(api.recall(message.id))
    }
    bar.append(el('button', { type: 'button', onclick: recall }, s.recall))
  }
  bar.append(el('button', { type: 'button', onclick: drop, aria: { label: s.dropQuote } }, '×'))
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    // A data URL is `data:<type>;base64,<bytes>`.
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(blob)
  })
}
