import { type App, attempt } from './app.ts'
import { button, byId, el } from './dom.ts'
import { drawEntry, type Hooks } from './messages.ts'
import { conversations, type Entry, type Key, nameOf, roomOf } from './state.ts'
import { strings } from './strings.ts'

const s = strings.chat
/** How far from the end somebody may have scrolled and still be taken along, in pixels. */
const NEAR_END = 120

/** The open conversation's name, its members' button, and the way in for whoever is not in it. */
export function renderHead(app: App): void {
  const { model } = app
  const room = roomOf(model, model.open)
  const here = conversations(model).find(({ key }) => key === model.open)
  const title = here?.direct ? strings.list.directTitle(here.title) : here?.title
  byId('chat-title', HTMLHeadingElement).textContent = title ?? s.pick
  const members = button('members-open')
  members.hidden = !room
  members.textContent = room ? s.people(room.members.length) : ''
  const outside = byId('outside', HTMLDivElement)
  outside.hidden = here?.mine ?? true
  const onclick = () => room && void attempt(app.api.join(room.id, model.me))
  outside.replaceChildren(
    el('p', {}, s.outside(nameOf(model, model.me))),
    el('button', { type: 'button', className: 'primary', onclick }, s.join),
  )
}

/** The messages of the open conversation; gives the function that shows what is new. */
export function createLog(app: App, hooks: Omit<Hooks, 'grew'>): () => void {
  const log = byId('log', HTMLOListElement)
  let drawn: { key?: Key | undefined; me?: string; entries: readonly Entry[] } = { entries: [] }
  const toEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight
  const grew = (height: number) => {
    if (toEnd() < height + NEAR_END) log.scrollTop = log.scrollHeight
  }

  // A keyboard that comes up makes the log shorter: what was in view at its end stays in view.
  let wasAtEnd = true
  log.addEventListener('scroll', () => {
    wasAtEnd = toEnd() < NEAR_END
  })
  new ResizeObserver(() => {
    if (wasAtEnd) log.scrollTop = log.scrollHeight
  }).observe(log)

  return () => {
    const { model } = app
    const { open: key, me } = model
    const entries = key ? (model.entries.get(key) ?? []) : []
    const same = key === drawn.key && me === drawn.me
    const grown = same && drawn.entries.every((entry, i) => entry === entries[i])
    const follow = toEnd() < NEAR_END
    const start = grown ? drawn.entries.length : 0
    const nodes = entries
      .slice(start)
      .flatMap((entry, i) => drawEntry(app, entry, entries[start + i - 1], { ...hooks, grew }))
    if (grown) log.append(...nodes)
    else log.replaceChildren(...nodes)
    drawn = { key, me, entries }
    const last = entries.at(-1)
    const mine = nodes.length > 0 && last?.kind === 'message' && last.message.from === me
    if (!same || follow || mine) log.scrollTop = log.scrollHeight
  }
}
