import { beforeEach, describe, expect, it } from 'vitest'
import { createIntake, type Intake } from '../../bot/media/intake.ts'
import type { FetchFile } from '../../bot/wechaty/events.ts'
import { type Instant, plus, type Span, toInstant } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Incoming, Picture, StoredPhoto } from '../../handlers/core/ports.ts'
import { ok } from '../../handlers/core/result.ts'

let now: Instant
/** Who is waited for. */
let wanted: Set<string>
/** What was fetched and kept, by the names of the images. */
let fetched: string[]
let logs: string[]
let timers: (() => void)[]
let serves: boolean
let intake: Intake
let count: number

beforeEach(() => {
  now = toInstant('2026-11-24T20:35:00+08:00')
  wanted = new Set()
  fetched = []
  logs = []
  timers = []
  serves = true
  count = 0
  const log = (event: string) => void logs.push(event)
  intake = createIntake({
    photos: {
      keep: async (bytes) => kept(Buffer.from(bytes).toString()),
      read: async () => undefined,
      keepFile: async (bytes, name) => ok({ hash: Buffer.from(bytes).toString(), name }),
      readFile: async () => undefined,
    },
    maxDocumentBytes: 1_000,
    clock: { now: () => now },
    schedule: (_, then) => {
      timers.push(then)
      return () => void timers.splice(timers.indexOf(then), 1)
    },
    logger: { info: log, warn: log, error: log },
    wants: (message) => wanted.has(message.sender.name),
    serves: () => serves,
  })
})

function kept(name: string): Picture {
  return name === 'text'
    ? { ok: false, error: 'notAPhoto' }
    : { ok: true, value: { hash: name } as StoredPhoto }
}

function message(who: string, extra: Partial<Incoming> = {}): Incoming {
  return {
    session: 1 as SessionId,
    messageId: `m${++count}`,
    room: { platformId: 'r1', topic: '一群' },
    sender: { platformId: who, name: who },
    kind: 'text',
    text: '',
    mentions: { self: false, all: false, others: false },
    at: now,
    ...extra,
  }
}

const image =
  (name: string): FetchFile =>
  async () => {
    fetched.push(name)
    return { bytes: Buffer.from(name), name: `${name}.jpg` }
  }

const shows = (who: string, fetch: FetchFile, extra: Partial<Incoming> = {}) =>
  intake.take(message(who, { kind: 'image', ...extra }), fetch)

/** The pictures that follow something that was said. */
async function following(said: Incoming): Promise<string[]> {
  const names: string[] = []
  for await (const { image } of intake.awaited(said)) names.push(nameOf(image))
  return names
}

function nameOf(picture: Picture | undefined): string {
  if (picture === undefined) return 'none'
  return picture.ok ? picture.value.hash : picture.error
}

const pass = (span: Span) => {
  now = plus(now, span)
}

describe('a picture that is wanted', () => {
  it('comes with its message', async () => {
    wanted.add('li')
    expect(nameOf((await shows('li', image('a')))?.image)).toBe('a')
  })

  it('brings along those that were held', async () => {
    await shows('li', image('a'))
    wanted.add('li')
    const second = message('li', { kind: 'image' })
    const taken = await intake.take(second, image('b'))
    expect(nameOf(taken?.image)).toBe('b')
    expect(await following(taken ?? second)).toEqual(['a'])
  })

  it.each<[string, FetchFile, string]>([
    ['larger than allowed', async () => undefined, 'tooLarge'],
    ['no photo', image('text'), 'notAPhoto'],
    ['that the network lost', () => Promise.reject(new Error('gone')), 'unavailable'],
  ])('%s comes with the reason', async (_, fetch, reason) => {
    wanted.add('li')
    expect(nameOf((await shows('li', fetch))?.image)).toBe(reason)
  })

  it('that hangs is given up in time', async () => {
    wanted.add('li')
    const taken = shows('li', () => new Promise(() => {}))
    for (const strike of [...timers]) strike()
    expect(nameOf((await taken)?.image)).toBe('unavailable')
    expect(logs).toEqual(['file not fetched'])
  })

  it('is the ninth in three minutes; further ones are not fetched', async () => {
    wanted.add('li')
    const names = []
    for (let i = 0; i < 30; i++) names.push(nameOf((await shows('li', image(`${i}`)))?.image))
    expect(fetched).toHaveLength(9)
    expect(names.slice(8, 11)).toEqual(['8', 'tooMany', 'tooMany'])
    wanted.add('wang')
    expect(nameOf((await shows('wang', image('w')))?.image)).toBe('w')
    pass({ minutes: 3, seconds: 1 })
    expect(nameOf((await shows('li', image('later')))?.image)).toBe('later')
  })
})

describe('a picture that nobody waits for', () => {
  it('is not fetched, and its message is handled without it', async () => {
    const taken = await shows('li', image('a'))
    expect(taken?.kind).toBe('image')
    expect(taken?.image).toBeUndefined()
    expect(await following(message('li'))).toEqual([])
    expect(fetched).toEqual([])
  })

  it('follows what makes it wanted, in the order of arrival, once', async () => {
    for (const name of ['a', 'b', 'c']) await shows('li', image(name))
    pass({ minutes: 2 })
    wanted.add('li')
    expect(await following(message('li'))).toEqual(['a', 'b', 'c'])
    expect(await following(message('li'))).toEqual([])
    expect(fetched).toEqual(['a', 'b', 'c'])
  })

  it('follows nobody else, nowhere else and in no other login', async () => {
    await shows('li', image('a'))
    wanted.add('li').add('wang')
    const elsewhere = { room: { platformId: 'r2', topic: '二群' } }
    const { room: _, ...direct } = message('li')
    expect(await following(message('wang'))).toEqual([])
    expect(await following(message('li', elsewhere))).toEqual([])
    expect(await following(direct)).toEqual([])
    expect(await following(message('li', { session: 2 as SessionId }))).toEqual([])
    expect(fetched).toEqual([])
  })

  it('is forgotten after three minutes', async () => {
    await shows('li', image('a'))
    pass({ minutes: 2 })
    await shows('li', image('b'))
    pass({ minutes: 1 })
    wanted.add('li')
    expect(await following(message('li'))).toEqual(['b'])
  })

  it('is forgotten when it is taken back', async () => {
    await shows('li', image('a'), { messageId: 'first' })
    await shows('li', image('b'))
    await intake.take(message('li', { kind: 'recall', recalls: 'first' }), undefined)
    wanted.add('li')
    expect(await following(message('li'))).toEqual(['b'])
  })

  it('is held once, however often the network tells of it', async () => {
    for (let i = 0; i < 3; i++) await shows('li', image('a'), { messageId: 'same' })
    wanted.add('li')
    expect(await following(message('li'))).toEqual(['a'])
  })

  it('is the last of nine: earlier ones make way', async () => {
    for (let i = 0; i < 12; i++) await shows('li', image(`${i}`))
    wanted.add('li')
    expect(await following(message('li'))).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11'])
  })

  it('is one of several: only the first is handled', async () => {
    const handled = [await shows('li', image('a')), await shows('li', image('b'))]
    expect(handled.map((each) => each?.messageId)).toEqual(['m1', undefined])
    pass({ minutes: 4 })
    expect(await shows('li', image('c'))).toBeDefined()
  })

  it('stays behind when those before it were enough', async () => {
    for (const name of ['a', 'b', 'c']) await shows('li', image(name))
    wanted.add('li')
    const got: string[] = []
    for await (const { image: picture } of intake.awaited(message('li'))) {
      got.push(nameOf(picture))
      wanted.delete('li')
    }
    expect(got).toEqual(['a'])
    expect(fetched).toEqual(['a'])
  })

  it('is not held where Linli does not serve', async () => {
    serves = false
    await shows('li', image('a'))
    serves = true
    wanted.add('li')
    expect(await following(message('li'))).toEqual([])
  })
})

it('remembers no more than it needs, whoever sends', async () => {
  for (let i = 0; i < 1_100; i++) await shows(`p${i}`, image(`${i}`))
  wanted.add('p0').add('p1099')
  expect(await following(message('p0'))).toEqual([])
  expect(await following(message('p1099'))).toEqual(['1099'])
})

it('a document that came before it was wanted is kept under its name', async () => {
  await intake.take(message('li', { kind: 'file' }), image('a'))
  expect(fetched).toEqual([])
  wanted.add('li')
  const files: unknown[] = []
  for await (const { file } of intake.awaited(message('li'))) files.push(file)
  expect(files).toEqual([ok({ hash: 'a', name: 'a.jpg' })])
})
