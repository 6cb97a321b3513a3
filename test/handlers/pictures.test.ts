import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phrase } from '../../content/i18n.ts'
import { linkedPhotos } from '../../db/queries/photo.ts'
import { startDialogue } from '../../handlers/core/dialogues.ts'
import { command, type DialogueKind, type Feature } from '../../handlers/core/feature.ts'
import { createImageGate } from '../../handlers/core/pictures.ts'
import type { Incoming, Picture } from '../../handlers/core/ports.ts'
import { expectOne, expectSilence, openTown, type Person, type Town } from '../support/town.ts'

/** How a picture reaches the dialogue or the feature that waits for it. */

const HASH = 'ab'.repeat(32)

function picture(hash = HASH): Picture {
  return { ok: true, value: { hash, mime: 'image/jpeg', width: 9, height: 9, bytes: 99 } }
}

interface Album {
  readonly photos: readonly string[]
}

/** 相册 opens an album in which two pictures go; a third ends the program's patience. */
const album: DialogueKind = {
  name: 'test.album',
  question: () => phrase('core.hello'),
  take: () => undefined,
  takeImage: (_, state, image) => {
    const { photos } = state as Album
    if (!image.ok) return { answer: phrase('core.wordsPlease'), next: state }
    if (image.value.hash.startsWith('dead')) throw new Error('the album fell down')
    if (photos.length === 2) return undefined
    return { answer: phrase('core.youAreWelcome'), next: { photos: [...photos, image.value.hash] } }
  },
}

let town: Town
let li: Person
/** Pictures that came where no album was open. */
let taken: Picture[]
let late: boolean

function albums(): Feature {
  return {
    name: 'test',
    commands: [
      command({
        name: 'test.album',
        role: 'resident',
        where: ['room', 'direct'],
        bare: ['room', 'direct'],
        parse: ({ text }) => (text === '相册' ? true : undefined),
        run: (ctx) => startDialogue(ctx, album, { photos: [] }),
      }),
    ],
    dialogues: [album],
    photos: [
      {
        wants: (_, { who, where }) => late && where === 'room' && who.name === '李阿姨',
        take: (_, image) => {
          taken.push(image)
          return undefined
        },
      },
    ],
    jobs: [],
  }
}

let features: Feature[]

beforeEach(async () => {
  taken = []
  late = false
  features = [albums()]
  town = openTown({ features, lectures: false })
  await town.settle()
  li = town.person('李阿姨')
  town.heard()
})
afterEach(() => town[Symbol.dispose]())

const shows = (image: Picture | undefined, where?: string, extra: Partial<Incoming> = {}) =>
  li.says('', where, { kind: 'image', ...(image && { image }), ...extra })

const state = () => JSON.parse(`${town.rows('dialogue')[0]?.['state']}`) as Album

/** Whether a picture from 李阿姨 there would be fetched. */
function isWanted(where: { room?: string; who?: string } = {}): boolean {
  const gate = createImageGate({
    store: town.db,
    env: town.env,
    dialogues: features.flatMap((f) => f.dialogues),
    photos: features.flatMap((f) => f.photos ?? []),
    logger: {
      info() {},
      warn() {},
      error: (event) => void town.logs.push({ level: 'error', event, fields: {} }),
    },
  })
  const message: Incoming = {
    session: town.session(),
    sender: { platformId: where.who ?? '1-p1', name: '李阿姨' },
    ...(where.room && { room: { platformId: where.room, topic: '' } }),
    kind: 'image',
    text: '',
    mentions: { self: false, all: false, others: false },
    at: town.now(),
  }
  return gate(message, town.now())
}

describe('whether a picture is wanted', () => {
  it('depends on the dialogue that its sender has open there', async () => {
    expect(isWanted({ room: '1-r1' })).toBe(false)
    await li.says('相册', '一群')
    expect(isWanted({ room: '1-r1' })).toBe(true)
    expect(isWanted({ room: '1-r2' })).toBe(false)
    expect(isWanted()).toBe(false)
    expect(isWanted({ room: '1-r1', who: '1-p2' })).toBe(false)
    await town.advance({ hours: 25 })
    expect(isWanted({ room: '1-r1' })).toBe(false)
  })

  it('or on a feature that waits for it', async () => {
    await li.says('相册')
    late = true
    expect(isWanted({ room: '1-r1' })).toBe(true)
    late = false
    expect(isWanted({ room: '1-r1' })).toBe(false)
  })

  it('is never so in a group that is not enabled', async () => {
    await li.says('相册', '一群')
    town.strangeRoom('别的群')
    late = true
    expect(isWanted({ room: '1-r5' })).toBe(false)
  })

  it('is not so when the question cannot be answered', async () => {
    await li.says('相册')
    town.sql('DROP TABLE dialogue')
    expect(isWanted()).toBe(false)
    expect(town.logs.map(({ event }) => event)).toContain('image gate failed')
  })

  it('asking changes nothing', () => {
    const before = town.counts()
    isWanted({ room: '1-r1', who: '1-p77' })
    expect(town.counts()).toEqual(before)
  })
})

describe('a picture in a dialogue', () => {
  beforeEach(async () => {
    await li.says('相册', '一群')
    town.heard()
  })

  it('goes on with it', async () => {
    expect(await shows(picture(), '一群')).toBe('handled')
    expectOne(town, '一群', '不客气')
    expect(state().photos).toEqual([HASH])
  })

  it('is told of when something is wrong with it', async () => {
    await shows({ ok: false, error: 'heic' }, '一群')
    expectOne(town, '一群', '文字')
    expect(state().photos).toEqual([])
  })

  it('counts once under the same id, also when a copy comes without it', async () => {
    const extra = { messageId: 'same' }
    await shows(picture(), '一群', extra)
    town.heard()
    expect(await shows(picture(), '一群', extra)).toBe('duplicate')
    expect(await shows(undefined, '一群', extra)).toBe('duplicate')
    expectSilence(town)
    expect(state().photos).toEqual([HASH])
  })

  it('is two when two come in one second on a network without ids', async () => {
    const extra = { messageId: undefined } as unknown as Partial<Incoming>
    await shows(picture(), '一群', extra)
    await shows(picture('cd'.repeat(32)), '一群', extra)
    expect(state().photos).toHaveLength(2)
  })

  it('that the dialogue has no use for is left to the others', async () => {
    for (const start of ['aa', 'bb', 'cc']) await shows(picture(start.repeat(32)), '一群')
    expect(state().photos).toHaveLength(2)
    late = true
    await shows(picture('dd'.repeat(32)), '一群')
    expect(taken).toHaveLength(1)
  })

  it('over which the feature falls is rolled back, and its sender hears of it', async () => {
    const dead = 'dead'.repeat(16)
    expect(await shows(picture(dead), '一群')).toBe('failed')
    expectOne(town, '一群', '抱歉')
    expect(state().photos).toEqual([])
    expect(linkedPhotos(town.db, town.now())).not.toContain(dead)
  })
})

describe('a picture that was held', () => {
  it('in a direct chat is answered for its missing words, and taken later all the same', async () => {
    const extra = { messageId: 'first' }
    await shows(undefined, undefined, extra)
    expectOne(town, '李阿姨', '文字')
    await li.says('相册')
    town.heard()
    expect(await shows(picture(), undefined, extra)).toBe('handled')
    expect(state().photos).toEqual([HASH])
  })

  it('and is not wanted any more is not answered in a group', async () => {
    await li.says('相册', '一群')
    await town.advance({ hours: 25 })
    town.heard()
    expect(await shows(picture(), '一群')).toBe('silent')
    expectSilence(town)
  })
})

describe('photos that something refers to', () => {
  it('are those of open dialogues', async () => {
    await li.says('相册', '一群')
    await shows(picture(), '一群')
    expect([...linkedPhotos(town.db, town.now())]).toEqual([HASH])
    await town.advance({ hours: 25 })
    expect([...linkedPhotos(town.db, town.now())]).toEqual([])
  })

  it('are looked for in every table that has them', () => {
    const tables = town.db
      .schemaText()
      .split(';')
      .filter((table) => /\bhash TEXT NOT NULL/.test(table))
      .map((table) => /CREATE TABLE "?(\w+)/.exec(table)?.[1])
    // What is new here belongs in linkedPhotos, or its pictures are deleted after a day. What the outbox sends is
    // referred to by the announcement as well.
    expect(tables.sort()).toEqual(['announcement_file', 'case_photo', 'outbox_file'])
  })
})
