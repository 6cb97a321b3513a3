import { type Instant, plus, toInstant } from '../../content/time.ts'
import {
  type Faults,
  type NewMessage,
  NotAllowed,
  type Sandbox,
  type SandboxEvent,
  type SandboxMessage,
  type SandboxState,
  UnknownId,
} from '../../web/sandbox/port.ts'

/** A picture of one dot. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
)

const NO_FAULTS: Faults = {
  dropSends: 0,
  duplicateEvents: 0,
  loseMessageIds: false,
  truncateAtColonNewline: false,
  textMentionsOnly: false,
  throwOnSend: 0,
}

export interface FakeSandbox extends Sandbox {
  /** How many listen to the events. */
  listeners(): number
  /** What `say` was called with, in order. */
  readonly heard: readonly NewMessage[]
  readonly relogins: readonly boolean[]
}

type Room = SandboxState['rooms'][number]

/**
 * A small community in memory. The bot answers every text with `收到:` and the text, and reminds
 * the first room once, four hours after the start.
 */
export function createFakeSandbox(start = '2026-11-23T15:00:00+08:00'): FakeSandbox {
  let now: Instant = toInstant(start)
  let reminder: Instant | undefined = plus(now, { hours: 4 })
  let faults = NO_FAULTS
  const bot = { id: 'bot', name: '小邻' }
  const people = [
    { id: 'p1', name: '王秀英' },
    { id: 'p2', name: '李建国' },
    { id: 'p3', name: '张主任' },
  ]
  const member = (person: string, alias = '') => ({ person, alias })
  let rooms: readonly Room[] = [
    {
      id: 'r1',
      topic: '18街坊',
      enabled: true,
      members: [member('bot'), member('p1', '18-86-301 王秀英'), member('p2')],
    },
    { id: 'r2', topic: '光明社区工作人员', enabled: true, members: [member('bot'), member('p3')] },
    { id: 'r3', topic: '棋友会', enabled: false, members: [member('bot'), member('p1')] },
  ]
  let messages: readonly SandboxMessage[] = []
  const files = new Map<string, { name: string; type: string; bytes: Uint8Array }>()
  const listeners = new Set<(event: SandboxEvent) => void>()
  const heard: NewMessage[] = []
  const relogins: boolean[] = []

  const emit = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event)
  }
  const room = (id: string): Room => {
    const found = rooms.find((r) => r.id === id)
    if (!found) throw new UnknownId('room', id)
    return found
  }
  const person = (id: string) => {
    if (!people.some((p) => p.id === id)) throw new UnknownId('person', id)
  }
  const message = (id: string) => {
    const found = messages.find((m) => m.id === id)
    if (!found) throw new UnknownId('message', id)
    return found
  }
  const add = (content: Omit<SandboxMessage, 'id' | 'at'>): SandboxMessage => {
    const added = { id: `m${messages.length + 1}`, at: now, ...content }
    messages = [...messages, added]
    emit({ type: 'message', message: added })
    return added
  }
  const setMembers = (id: string, members: Room['members']) => {
    rooms = rooms.map((r) => (r.id === id ? { ...r, members } : r))
    emit({ type: 'members', room: id })
  }
  const keep = (image: NonNullable<NewMessage['image']>) => {
    const id = `f${files.size + 1}`
    files.set(id, image)
    const { name, type, bytes } = image
    return { name, type, size: bytes.length, url: `/sandbox/api/files/${id}` }
  }

  return {
    heard,
    relogins,
    listeners: () => listeners.size,
    state: () => ({ now, bot, people, rooms }),
    addPerson(name) {
      const id = `p${people.length + 1}`
      people.push({ id, name })
      return { id }
    },
    addRoom(topic, members) {
      for (const m of members) person(m.person)
      const id = `r${rooms.length + 1}`
      const all = [member('bot'), ...members.map((m) => member(m.person, m.alias))]
      rooms = [...rooms, { id, topic, enabled: false, members: all }]
      return { id }
    },
    async addMember(id, who, alias) {
      person(who)
      setMembers(id, [...room(id).members, member(who, alias)])
    },
    async removeMember(id, who) {
      person(who)
      setMembers(
        id,
        room(id).members.filter((m) => m.person !== who),
      )
    },
    async say(said) {
      person(said.from)
      if (said.quote !== undefined) message(said.quote)
      if (said.room !== undefined && !room(said.room).members.some((m) => m.person === said.from)) {
        throw new NotAllowed('only members speak in a room')
      }
      heard.push(said)
      const { image, file = image, ...content } = said
      const { id } = add(file ? { ...content, file: keep(file) } : content)
      const where = said.room === undefined ? { to: said.from } : { room: said.room }
      const text = said.text === undefined ? `收到[${said.kind}]` : `收到:${said.text}`
      return { id, sent: [add({ from: 'bot', kind: 'text', text, ...where })] }
    },
    messages(where, since) {
      const from = since === undefined ? 0 : messages.indexOf(message(since)) + 1
      if ('room' in where) room(where.room)
      else person(where.person)
      return messages
        .slice(from)
        .filter((m) =>
          'room' in where
            ? m.room === where.room
            : m.room === undefined && (m.from === where.person || m.to === where.person),
        )
    },
    async recall(id) {
      const { text: _, ...rest } = message(id)
      messages = messages.map((m) => (m.id === id ? { ...rest, kind: 'recall' } : m))
      emit({ type: 'recall', message: id })
    },
    async moveClock(target) {
      const to = target(now)
      if (to < now) throw new NotAllowed('the clock goes forward only')
      const sent: SandboxMessage[] = []
      if (reminder !== undefined && reminder <= to) {
        now = reminder
        reminder = undefined
        sent.push(add({ from: 'bot', room: 'r1', kind: 'text', text: '提醒:明早有活动' }))
      }
      now = to
      emit({ type: 'clock', now })
      return { now, sent }
    },
    nextDue: () => reminder,
    async relogin(newIds) {
      relogins.push(newIds)
    },
    setFaults(some) {
      faults = { ...faults, ...some }
      return faults
    },
    faults: () => faults,
    file: (id) => files.get(id),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
