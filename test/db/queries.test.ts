import { describe, expect, it } from 'vitest'
import { plus } from '../../content/time.ts'
import { openDialogue, pruneDialogues, putDialogue } from '../../db/queries/dialogue.ts'
import { alreadyProcessed, markProcessed, pruneProcessed } from '../../db/queries/message.ts'
import { addOptOut, optedOut, removeOptOut } from '../../db/queries/opt-out.ts'
import {
  claim,
  inState,
  insertOutbox,
  laterRows,
  nextRows,
  othersWithText,
  sentSince,
  settle,
  withdraw,
} from '../../db/queries/outbox.ts'
import {
  bindResident,
  boundResident,
  insertResident,
  platformIdOf,
  residentsNamed,
  staffList,
  updateResident,
} from '../../db/queries/resident.ts'
import {
  aliasesOf,
  bindRoom,
  boundRoom,
  enabledRooms,
  insertRoom,
  memberLeft,
  membersOf,
  noteGreeted,
  roomPlatformId,
  saveMember,
  updateRoom,
} from '../../db/queries/room.ts'
import { findSession, insertSession, previousSession } from '../../db/queries/session.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import {
  attemptsOf,
  clearAttempts,
  insertCode,
  saveAttempts,
  useCode,
} from '../../db/queries/trail.ts'
import type { OutboxId, ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
import type { Reader, Store, Tx } from '../../db/store.ts'
import { testDb } from '../support/town.ts'
import { NOON, rows } from './support.ts'

const LATER = plus(NOON, { hours: 1 })

const newRoom = (tx: Tx, topic: string, kind: 'residents' | 'staff' = 'residents'): RoomId =>
  insertRoom(tx, {
    topic,
    kind,
    place: null,
    tags: '[]',
    lang: 'zh-CN',
    enabled: 1,
    enabled_at: NOON,
    created_at: NOON,
  })

const newResident = (tx: Tx, name: string, role: Role = 'resident'): ResidentId =>
  insertResident(tx, { name, role, created_at: NOON })

const bind = (tx: Tx, session_id: SessionId, platform_id: string, resident_id: ResidentId): void =>
  bindResident(tx, {
    session_id,
    platform_id,
    resident_id,
    basis: 'new',
    confirmed_at: NOON,
    bound_at: NOON,
  })

function put(tx: Tx, room: RoomId, key: string): OutboxId {
  const id = insertOutbox(tx, {
    dedupe_key: key,
    room_id: room,
    resident_id: null,
    priority: 'reply',
    text: 'text',
    state: 'queued',
    not_before_at: NOON,
    expires_at: null,
    attempts: 0,
    claimed_at: null,
    settled_at: null,
    reason: null,
    platform_message_id: null,
    created_at: NOON,
  })
  if (id === undefined) throw new Error('that key was used before')
  return id
}

describe('outbox', () => {
  it('takes a key once', () => {
    using db = testDb()
    db.tx((tx) => {
      const room = newRoom(tx, '一群')
      put(tx, room, 'a')
      expect(() => put(tx, room, 'a')).toThrow('used before')
    })
    expect(inState(db, 'queued')).toHaveLength(1)
  })

  it('lets one caller claim a row', () => {
    using db = testDb()
    db.tx((tx) => {
      const id = put(tx, newRoom(tx, '一群'), 'a')
      expect(claim(tx, id, LATER)).toBe(true)
      expect(claim(tx, id, LATER)).toBe(false)
      expect(inState(tx, 'sending')).toMatchObject([{ id, claimed_at: LATER, attempts: 1 }])
    })
  })

  it('settles a row only from where it is', () => {
    using db = testDb()
    db.tx((tx) => {
      const id = put(tx, newRoom(tx, '一群'), 'a')
      expect(settle(tx, id, 'sending', { state: 'sent', at: NOON })).toBe(false)
      claim(tx, id, NOON)
      expect(settle(tx, id, 'sending', { state: 'sent', at: NOON })).toBe(true)
      expect(settle(tx, id, 'sending', { state: 'queued', at: NOON })).toBe(false)
      expect(inState(tx, 'sent')).toHaveLength(1)
    })
  })

  it('takes back what has not gone out, and nothing else', () => {
    using db = testDb()
    db.tx((tx) => {
      const room = newRoom(tx, '一群')
      const [waiting, going] = [put(tx, room, 'a'), put(tx, room, 'b')]
      claim(tx, going, NOON)
      expect([withdraw(tx, waiting, LATER), withdraw(tx, going, LATER)]).toEqual([true, false])
      expect(inState(tx, 'expired')).toMatchObject([{ id: waiting, reason: 'superseded' }])
    })
  })

  it('must have one recipient, a room or a resident', () => {
    using db = testDb()
    expect(() => db.tx((tx) => put(tx, null as unknown as RoomId, 'a'))).toThrow('CHECK')
    expect(() => db.tx((tx) => put(tx, 99 as RoomId, 'a'))).toThrow('FOREIGN KEY')
  })

  it('finds what waits and what went out by index, however long the history', () => {
    const asked: string[] = []
    using db = testDb()
    const listen: Reader = {
      all: (query) => {
        asked.push(plan(db, query.compile()))
        return db.all(query)
      },
      get: (query) => {
        asked.push(plan(db, query.compile()))
        return db.get(query)
      },
    }
    nextRows(listen, NOON)
    laterRows(listen, NOON)
    inState(listen, 'unknown')
    sentSince(listen, NOON)
    const row = db.tx((tx) => {
      put(tx, newRoom(tx, '一群'), 'a')
      return inState(tx, 'queued')[0]
    })
    if (row) othersWithText(listen, row, NOON)
    expect(asked).toHaveLength(5)
    for (const each of asked) expect(each).not.toContain('SCAN outbox')
  })
})

/** How SQLite would look for the answer. */
function plan(db: Store, query: { sql: string; parameters: readonly unknown[] }): string {
  const explained = { ...query, sql: `EXPLAIN QUERY PLAN ${query.sql}` }
  const steps = db.all({ compile: () => explained as never })
  return (steps as { detail: string }[]).map((step) => step.detail).join('\n')
}

describe('sessions', () => {
  it('are found by puppet and own id, and know the one before in the same puppet', () => {
    using db = testDb()
    db.tx((tx) => {
      const first = insertSession(tx, 'a', 'bot1', NOON)
      insertSession(tx, 'b', 'bot2', NOON)
      const third = insertSession(tx, 'a', 'bot3', LATER)
      expect(findSession(tx, 'a', 'bot1')?.id).toBe(first)
      expect(findSession(tx, 'b', 'bot1')).toBeUndefined()
      expect(previousSession(tx, third)?.id).toBe(first)
      expect(previousSession(tx, first)).toBeUndefined()
      expect(() => insertSession(tx, 'a', 'bot1', LATER)).toThrow('UNIQUE')
    })
  })
})

describe('rooms', () => {
  it('are bound to one platform id a session, and the other way round', () => {
    using db = testDb()
    db.tx((tx) => {
      const session = insertSession(tx, 'a', 'bot', NOON)
      const [one, two] = [newRoom(tx, '一群'), newRoom(tx, '二群')]
      const to = (platform_id: string, room_id: RoomId) =>
        bindRoom(tx, { session_id: session, platform_id, room_id, basis: 'code', bound_at: NOON })
      to('r1', one)
      to('r2', one)
      expect(roomPlatformId(tx, session, one)).toBe('r2')
      expect(boundRoom(tx, session, 'r1')).toBeUndefined()
      to('r2', two)
      expect(boundRoom(tx, session, 'r2')?.id).toBe(two)
      expect(roomPlatformId(tx, session, one)).toBeUndefined()
    })
  })

  it('are served while they are enabled', () => {
    using db = testDb()
    db.tx((tx) => {
      const one = newRoom(tx, '一群')
      const staff = newRoom(tx, '工作群', 'staff')
      expect(enabledRooms(tx).map((r) => r.id)).toEqual([one, staff])
      expect(enabledRooms(tx, 'staff').map((r) => r.id)).toEqual([staff])
      updateRoom(tx, one, { enabled: 0 })
      expect(enabledRooms(tx, 'residents')).toEqual([])
    })
  })

  it('remember members by the session, also those who come back under another name', () => {
    using db = testDb()
    db.tx((tx) => {
      const session = insertSession(tx, 'a', 'bot', NOON)
      const room = newRoom(tx, '一群')
      const member = (alias: string) => ({
        room_id: room,
        session_id: session,
        platform_id: 'p1',
        alias,
        joined_at: NOON,
        left_at: null,
      })
      saveMember(tx, member('18-86-301 王秀英'))
      memberLeft(tx, room, session, 'p1', LATER)
      expect(membersOf(tx, session, room)).toEqual([])
      expect(aliasesOf(tx, session, 'p1')).toEqual([])
      saveMember(tx, member('王秀英'))
      expect(aliasesOf(tx, session, 'p1')).toEqual(['王秀英'])
    })
  })

  it('greet a name once', () => {
    using db = testDb()
    db.tx((tx) => {
      const room = newRoom(tx, '一群')
      expect(noteGreeted(tx, room, '王秀英', NOON)).toBe(true)
      expect(noteGreeted(tx, room, '王秀英', LATER)).toBe(false)
    })
  })
})

describe('residents', () => {
  it('that were merged lead to the one that was kept, who has to confirm a role for that account', () => {
    using db = testDb()
    db.tx((tx) => {
      const session = insertSession(tx, 'a', 'bot', NOON)
      const [kept, merged] = [newResident(tx, '王秀英'), newResident(tx, '王阿姨')]
      bind(tx, session, 'p1', merged)
      updateResident(tx, merged, { merged_into: kept })
      expect(boundResident(tx, session, 'p1')).toMatchObject({
        id: kept,
        account: merged,
        confirmed_at: null,
      })
      expect(platformIdOf(tx, session, kept)).toBe('p1')
      expect(boundResident(tx, session, 'p2')).toBeUndefined()
    })
  })

  it('are reached where they were bound last', () => {
    using db = testDb()
    db.tx((tx) => {
      const session = insertSession(tx, 'a', 'bot', NOON)
      const id = newResident(tx, '王秀英')
      bind(tx, session, 'old', id)
      bindResident(tx, {
        session_id: session,
        platform_id: 'new',
        resident_id: id,
        basis: 'pin',
        confirmed_at: null,
        bound_at: LATER,
      })
      expect(platformIdOf(tx, session, id)).toBe('new')
    })
  })

  it('are found by a part of the name, taken as it is written', () => {
    using db = testDb()
    db.tx((tx) => {
      newResident(tx, '王秀英')
      newResident(tx, '百分%')
      expect(residentsNamed(tx, '秀', 10).map((r) => r.name)).toEqual(['王秀英'])
      expect(residentsNamed(tx, '%', 10).map((r) => r.name)).toEqual(['百分%'])
      expect(residentsNamed(tx, '', 1)).toHaveLength(1)
    })
  })

  it('who are more than residents are staff', () => {
    using db = testDb()
    db.tx((tx) => {
      newResident(tx, '王秀英')
      const li = newResident(tx, '李主任', 'owner')
      const twin = newResident(tx, '李主任', 'staff')
      updateResident(tx, twin, { merged_into: li })
      expect(staffList(tx).map((r) => r.id)).toEqual([li])
    })
  })
})

describe('messages', () => {
  it('are known by their key, and by their content in another session only', () => {
    using db = testDb()
    db.tx((tx) => {
      const [one, two] = [insertSession(tx, 'a', '1', NOON), insertSession(tx, 'a', '2', NOON)]
      markProcessed(tx, { key: 'k', session_id: one, content_hash: 'h', at: NOON })
      expect(alreadyProcessed(tx, 'k', 'x', one)).toBe(true)
      expect(alreadyProcessed(tx, 'other', 'h', one)).toBe(false)
      expect(alreadyProcessed(tx, 'other', 'h', two)).toBe(true)
      expect(pruneProcessed(tx, NOON)).toBe(0)
      expect(pruneProcessed(tx, LATER)).toBe(1)
    })
  })
})

describe('dialogues', () => {
  it('are one for a place; a new one takes over, and time ends it', () => {
    using db = testDb()
    db.tx((tx) => {
      const id = newResident(tx, '王秀英')
      const start = (place: number, kind: string) =>
        putDialogue(tx, {
          resident_id: id,
          place,
          kind,
          state: '{}',
          heard: '[]',
          asks: 0,
          expires_at: LATER,
          created_at: NOON,
        })
      start(0, 'report')
      start(0, 'survey')
      start(1, 'report')
      expect(openDialogue(tx, id, 0, NOON)?.kind).toBe('survey')
      expect(openDialogue(tx, id, 1, NOON)?.kind).toBe('report')
      expect(openDialogue(tx, id, 0, LATER)).toBeUndefined()
      expect(pruneDialogues(tx, LATER)).toBe(2)
      expect(rows(tx, 'SELECT id FROM dialogue')).toEqual([])
    })
  })
})

describe('opting out', () => {
  it('of everything covers each topic, and taking that back takes all back', () => {
    using db = testDb()
    db.tx((tx) => {
      const id = newResident(tx, '王秀英')
      expect(addOptOut(tx, id, 'all', NOON)).toBe(true)
      expect(addOptOut(tx, id, 'all', NOON)).toBe(false)
      addOptOut(tx, id, 'reminders', NOON)
      expect([optedOut(tx, id, 'reminders'), optedOut(tx, id, 'surveys')]).toEqual([true, true])
      expect(removeOptOut(tx, id, 'all')).toBe(true)
      expect([optedOut(tx, id, 'reminders'), optedOut(tx, id, 'surveys')]).toEqual([false, false])
      expect(removeOptOut(tx, id, 'all')).toBe(false)
    })
  })
})

describe('codes', () => {
  it('are good once, for their purpose, until they run out', () => {
    using db = testDb()
    db.tx((tx) => {
      const code = (hash: string) =>
        insertCode(tx, { hash, purpose: 'room', grants: '{}', created_at: NOON, expires_at: LATER })
      code('a')
      code('b')
      expect(useCode(tx, 'a', 'staff', NOON)).toBeUndefined()
      expect(useCode(tx, 'a', 'room', NOON)).toBe('{}')
      expect(useCode(tx, 'a', 'room', NOON)).toBeUndefined()
      expect(useCode(tx, 'b', 'room', LATER)).toBeUndefined()
      expect(useCode(tx, 'nothing', 'room', NOON)).toBeUndefined()
    })
  })

  it('count failures by subject', () => {
    using db = testDb()
    db.tx((tx) => {
      saveAttempts(tx, { subject: 'pin:1', failures: 1, locked_until_at: null })
      saveAttempts(tx, { subject: 'pin:1', failures: 2, locked_until_at: LATER })
      expect(attemptsOf(tx, 'pin:1')).toMatchObject({ failures: 2, locked_until_at: LATER })
      clearAttempts(tx, 'pin:1')
      expect(attemptsOf(tx, 'pin:1')).toBeUndefined()
    })
  })
})

describe('settings', () => {
  it('keep the last value', () => {
    using db = testDb()
    db.tx((tx) => {
      expect(setting(tx, 'a')).toBeUndefined()
      putSetting(tx, 'a', '1', NOON)
      putSetting(tx, 'a', '2', LATER)
      expect(setting(tx, 'a')).toBe('2')
    })
  })
})
