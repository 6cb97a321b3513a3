import { choose, speakAs } from './actions.ts'
import { type App, attempt } from './app.ts'
import { avatar, roomAvatar } from './avatar.ts'
import { byId, el } from './dom.ts'
import { type Conversation, conversations, directKey, nameOf } from './state.ts'
import { strings } from './strings.ts'

const s = strings.list

/** Lets the choice at the top decide who speaks; `chosen` is called with each choice. */
export function wireSpeakers(app: App, chosen: (person: string) => void): void {
  const me = byId('me', HTMLSelectElement)
  me.addEventListener('change', () => {
    chosen(me.value)
    void attempt(speakAs(app, me.value))
  })
}

/** The conversations at the left, and who can speak. */
export function renderList(app: App): void {
  const list = byId('list', HTMLElement)
  const all = conversations(app.model)
  const mine = all.filter((conversation) => conversation.mine)
  const others = all.filter((conversation) => !conversation.mine)
  const focused = list.querySelector<HTMLElement>('[data-key]:focus')?.dataset['key']
  list.replaceChildren(
    ...section(app, s.mine, mine),
    ...(others.length > 0 ? section(app, s.others, others) : []),
  )
  if (focused) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus()
  renderSpeakers(app)
}

function section(app: App, title: string, items: readonly Conversation[]): readonly HTMLElement[] {
  return [
    el('h2', {}, title),
    el('ul', {}, ...items.map((conversation) => el('li', {}, row(app, conversation)))),
  ]
}

function row(app: App, conversation: Conversation): HTMLButtonElement {
  const { key, title, direct, enabled, unread, last } = conversation
  const { network, open, clock } = app.model
  const tag = direct ? s.privately : enabled ? undefined : s.off
  const name = el('span', { className: 'name' }, el('b', {}, title))
  if (tag) name.append(el('small', { className: 'tag' }, tag))
  const side = el('span', { className: 'side' })
  side.append(el('time', {}, last ? app.calendar.stamp(last.at, clock.now) : ''))
  if (unread > 0) {
    const count = String(unread)
    side.append(el('span', { className: 'unread', title: s.unread(unread) }, count))
  }
  const about = el('span', { className: 'about' }, name)
  about.append(el('span', { className: 'last' }, preview(app, conversation)))
  const node = el(
    'button',
    {
      type: 'button',
      className: 'conversation',
      aria: key === open ? { current: 'true' } : {},
      onclick: () => choose(app, key),
    },
    direct ? avatar(network, network.bot.id) : roomAvatar(title),
    about,
    side,
  )
  node.dataset['key'] = key
  return node
}

function preview(app: App, { last, direct }: Conversation): string {
  if (!last) return s.empty
  const words = strings.kinds[last.kind] || (last.text ?? '').slice(0, 60)
  return direct ? words : `${nameOf(app.model, last.from, last.room)}：${words}`
}

function renderSpeakers(app: App): void {
  const me = byId('me', HTMLSelectElement)
  const { network, unread } = app.model
  const options = network.people
    .filter(({ id }) => id !== network.bot.id)
    .map(({ id, name }) => {
      const waiting = id === app.model.me ? 0 : (unread.get(directKey(id)) ?? 0)
      return el('option', { value: id }, waiting > 0 ? s.elsewhere(name, waiting) : name)
    })
  // Replacing the options would close an open list, so they are replaced only when they differ.
  const text = (nodes: Iterable<Element>) => [...nodes].map((n) => n.textContent).join('\n')
  if (text(me.options) !== text(options)) me.replaceChildren(...options)
  me.value = app.model.me
}
