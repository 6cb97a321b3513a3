import type { Demo } from '../../content/schema.ts'
import { addDays, dateIn } from '../../content/time.ts'
import { bindResident, insertResident, updateResident } from '../../db/queries/resident.ts'
import { bindRoom, enabledRooms, insertRoom } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { ResidentId, SessionId } from '../../db/schema.ts'
import type { Work } from '../../handlers/core/feature.ts'
import { hashPin } from '../../handlers/core/secrets.ts'
import { planLecture } from '../../handlers/programmes/service.ts'
import type { SandboxWorld } from './world.ts'

/** The demonstration owner's PIN; it opens nothing but the sandbox. */
export const DEMO_PIN = '8642'

const SEEDED = 'sandbox.seeded'

/** Puts the demonstration community on a network that nobody has used yet, also after a start that was cut short. */
export function seedNetwork(world: SandboxWorld, demo: Demo): void {
  if (world.messages().length > 0) return
  const people = new Map(world.people().map((p) => [p.name, p.id]))
  const ids = new Map(
    demo.people.map((p) => [p.name, people.get(p.name) ?? world.addPerson(p.name).id]),
  )
  const topics = new Set(world.rooms().map((r) => r.topic))
  for (const room of demo.rooms.filter((r) => !topics.has(r.topic))) {
    const members = demo.people.flatMap((p) => {
      const place = p.rooms.find((r) => r.topic === room.topic)
      const person = ids.get(p.name)
      if (place === undefined || person === undefined) return []
      return [{ person, ...(place.alias === undefined ? {} : { alias: place.alias }) }]
    })
    world.addRoom(room.topic, members)
  }
}

/** Registers the demonstration's groups and staff with the bot, once, as if staff had bound them. */
export function seedCommunity(work: Work, session: SessionId, world: SandboxWorld): void {
  if (setting(work.tx, SEEDED) !== undefined || enabledRooms(work.tx).length > 0) return
  putSetting(work.tx, SEEDED, 'demo', work.now)
  const { demo } = work.env.content
  for (const room of demo.rooms) seedRoom(work, session, world, room)
  for (const person of demo.people) {
    if (person.role !== 'resident') seedStaff(work, session, world, person)
  }
  seedLectures(work, demo)
}

function seedRoom(
  work: Work,
  session: SessionId,
  world: SandboxWorld,
  room: Demo['rooms'][number],
): void {
  const found = world.rooms().find((r) => r.topic === room.topic)
  if (found === undefined) return
  const id = insertRoom(work.tx, {
    topic: room.topic,
    kind: room.kind,
    place: room.place ?? null,
    tags: JSON.stringify(room.tags),
    lang: 'zh-CN',
    enabled: 1,
    enabled_at: work.now,
    created_at: work.now,
  })
  bindRoom(work.tx, {
    session_id: session,
    platform_id: world.platformId(found.id),
    room_id: id,
    basis: 'seed',
    bound_at: work.now,
  })
}

function seedStaff(
  work: Work,
  session: SessionId,
  world: SandboxWorld,
  person: Demo['people'][number],
): void {
  const found = world.people().find((p) => p.name === person.name)
  if (found === undefined) return
  const id: ResidentId = insertResident(work.tx, {
    name: person.name,
    role: person.role,
    beat: person.beat ?? null,
    created_at: work.now,
  })
  if (person.role === 'owner')
    updateResident(work.tx, id, { pin_hash: hashPin(DEMO_PIN, work.env.random.token()) })
  bindResident(work.tx, {
    session_id: session,
    platform_id: world.platformId(found.id),
    resident_id: id,
    basis: 'seed',
    confirmed_at: work.now,
    bound_at: work.now,
  })
}

/** A year of lectures from this week on. */
function seedLectures(work: Work, demo: Demo): void {
  const programme = work.env.content.programmes.find((p) => p.lectures)
  if (programme === undefined || demo.lectures.length === 0) return
  const today = dateIn(work.env.zone, work.now)
  for (let week = 0; week < 53; week++) {
    const lecture = demo.lectures[week % demo.lectures.length]
    if (lecture === undefined) continue
    planLecture(work, undefined, {
      programme: programme.id,
      date: addDays(today, 7 * week),
      ...lecture,
    })
  }
}
