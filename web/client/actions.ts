import type { SandboxEvent } from '../sandbox/port.ts'
import { type App, attempt } from './app.ts'
import {
  conversations,
  directKey,
  firstSpeaker,
  idOf,
  type Key,
  keyOf,
  memberChanges,
  nameOf,
  note,
  receive,
  replace,
  roomKey,
} from './state.ts'
import { strings } from './strings.ts'

/** What changes the model and then shows it. All reject with `Failed`. */

/** Opens a conversation and marks it as read. */
export function choose(app: App, key: Key): void {
  app.model.open = key
  app.model.unread.delete(key)
  app.show('chat')
  app.render()
}

export async function speakAs(app: App, person: string): Promise<void> {
  const { model } = app
  if (model.open === directKey(model.me)) model.open = directKey(person)
  model.me = person
  model.unread.delete(directKey(person))
  await reload(app)
}

/** Fetches everything again: whatever was missed is there afterwards. */
export async function reload(app: App): Promise<void> {
  const { api, model } = app
  await refreshNetwork(app)
  const load = async (key: Key) => {
    const id = idOf(key)
    const where = key.startsWith('room:') ? { room: id } : { person: id }
    replace(model, key, await api.messages(where), app.isSeen(key))
  }
  await Promise.all(conversations(model).map(({ key }) => load(key)))
  await refreshClock(app)
}

export async function refreshClock(app: App): Promise<void> {
  app.model.clock = await app.api.clock()
  app.render()
}

export async function happened(app: App, event: SandboxEvent): Promise<void> {
  const { model } = app
  if (event.type === 'recall') return reload(app)
  if (event.type === 'members') await refreshNetwork(app)
  if (event.type === 'message') {
    const { message } = event
    receive(model, message, app.isSeen(keyOf(message, model.network.bot.id)))
  }
  app.render()
  // Whatever happened may have set or used up a reminder; many things happen at once.
  clearTimeout(refreshing)
  refreshing = setTimeout(() => void attempt(refreshClock(app)), 200)
}

let refreshing: ReturnType<typeof setTimeout> | undefined

/** Fetches people, rooms and members again, and notes who came and left. */
async function refreshNetwork({ api, model }: App): Promise<void> {
  const before = model.network
  model.network = await api.state()
  const { joined, left } = strings.chat
  for (const change of memberChanges(before, model.network)) {
    const key = roomKey(change.room)
    const name = (person: string) => nameOf(model, person, change.room)
    for (const person of change.joined) note(model, key, joined(name(person)))
    for (const person of change.left) note(model, key, left(name(person)))
  }
  model.me = firstSpeaker(model)
}
