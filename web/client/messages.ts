import type { SandboxMessage } from '../sandbox/port.ts'
import type { App } from './app.ts'
import { avatar } from './avatar.ts'
import { el } from './dom.ts'
import { type Entry, nameOf } from './state.ts'
import { strings } from './strings.ts'
import { isPause } from './time.ts'

const s = strings.chat

type File = NonNullable<SandboxMessage['file']>

export interface Hooks {
  /** A message was tapped. */
  quote(message: SandboxMessage): void
  picture(file: File, loaded: (height: number) => void): HTMLElement
  /** A picture made the log that much longer after it was drawn. */
  grew(height: number): void
}

/** An entry as items of the log, with a time stamp before it after a pause. */
export function drawEntry(
  app: App,
  entry: Entry,
  before: Entry | undefined,
  hooks: Hooks,
): readonly HTMLElement[] {
  if (entry.kind === 'note') return [line(entry.text)]
  const { message } = entry
  const paused = before?.kind !== 'message' || isPause(before.message.at, message.at)
  const stamp = paused ? [line(app.calendar.stamp(message.at, app.model.clock.now))] : []
  if (message.kind !== 'recall') return [...stamp, row(app, message, hooks)]
  return [...stamp, line(s.recalled(nameOf(app.model, message.from, message.room)))]
}

function line(text: string): HTMLElement {
  return el('li', { className: 'line' }, text)
}

function row(app: App, message: SandboxMessage, hooks: Hooks): HTMLElement {
  const { model } = app
  const name = nameOf(model, message.from, message.room)
  const quote = () => hooks.quote(message)
  const content =
    message.kind === 'image' && message.file
      ? hooks.picture(message.file, hooks.grew)
      : bubble(message, quote)
  const body = el('div', { className: 'body' }, el('span', { className: 'who' }, name), content)
  if (message.quote !== undefined) {
    body.append(el('blockquote', {}, quoted(app, message, message.quote)))
  }
  return el(
    'li',
    { className: message.from === model.me ? 'message mine' : 'message' },
    avatar(model.network, message.from),
    body,
    el(
      'button',
      { type: 'button', className: 'quote', onclick: quote, aria: { label: s.quoteOf(name) } },
      s.quote,
    ),
  )
}

function bubble(message: SandboxMessage, quote: () => void): HTMLElement {
  const label = strings.kinds[message.kind]
  const words = [label, message.file?.name, message.text].filter(Boolean).join(' ')
  // Tapping quotes, except where somebody marks words or follows a link.
  const onclick = (event: MouseEvent) => {
    const marking = getSelection()?.isCollapsed === false
    if (!marking && !(event.target instanceof HTMLAnchorElement)) quote()
  }
  return el('div', { className: label ? 'bubble kind' : 'bubble', onclick }, ...linked(words))
}

function quoted({ model }: App, message: SandboxMessage, id: string): string {
  const entries = (model.open && model.entries.get(model.open)) || []
  const found = entries.find((entry) => entry.kind === 'message' && entry.message.id === id)
  if (found?.kind !== 'message') return s.missing
  const { from, kind, text = '' } = found.message
  return `${nameOf(model, from, message.room)}：${strings.kinds[kind] || text}`
}

// Ends with a character that an address ends with, so that a comma after it stays outside.
const ADDRESS = /https?:\/\/[\w\-.~:/?#@!$&()*+,;=%[\]]*[\w/=&#-]/g

/** The text with its web addresses as links. */
function linked(text: string): readonly (Node | string)[] {
  const parts: (Node | string)[] = []
  let end = 0
  for (const { 0: href, index } of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, index))
    parts.push(el('a', { href, target: '_blank', rel: 'noreferrer' }, href))
    end = index + href.length
  }
  return [...parts, text.slice(end)]
}
