import { describe, expect, it } from 'vitest'
import { addOptOut } from '../../db/queries/opt-out.ts'
import { command, type Feature } from '../../handlers/core/feature.ts'
import { helping } from '../../handlers/help/index.ts'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

/** Writes something and then fails, with the speaker's words in the error. */
const clumsy: Feature = {
  name: 'clumsy',
  commands: [
    command({
      name: 'clumsy',
      role: 'resident',
      where: ['room', 'direct'],
      bare: ['room'],
      parse: (said) => (said.text.startsWith('翻车') ? said.words : undefined),
      run: (ctx, words) => {
        addOptOut(ctx.tx, ctx.who.id, 'all', ctx.now)
        throw new Error(`cannot do\n    at ${words} (18-86-301 王秀英)`)
      },
    }),
    command({
      name: 'clumsy-reader',
      role: 'resident',
      where: ['room', 'direct'],
      bare: ['room'],
      parse: (said) => {
        if (said.text.includes('读不懂')) throw new TypeError(said.words)
        return undefined
      },
      run: () => undefined,
    }),
  ],
  dialogues: [],
  jobs: [],
}

function clumsyTown() {
  return openTown({ features: [helping, clumsy] })
}

describe('a message that comes twice', () => {
  it('is answered once under the same id', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('今天有什么活动', '一群', { messageId: 'm1' })
    expectOne(town, '一群')
    const before = town.counts()
    expect(await wang.says('今天有什么活动', '一群', { messageId: 'm1' })).toBe('duplicate')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it('is answered once when a later session replays it under another id', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    const at = town.now()
    await wang.says('小邻 帮助', '一群')
    await wang.says('帮助')
    town.heard()
    await town.relogin()
    const before = town.counts()
    expect(await wang.says('小邻 帮助', '一群', { at })).toBe('duplicate')
    expect(await wang.says('帮助', undefined, { at })).toBe('duplicate')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it('is known by what it says where the network gives no ids', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const at = town.now()
    const { messageId, ...nameless } = { messageId: undefined, at }
    await wang.says('帮助', '工作群', { ...nameless, messageId } as never)
    await wang.says('帮助', '工作群', { ...nameless, messageId } as never)
    expectOne(town, '工作群')
  })

  it('is answered twice when somebody means to say it twice', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const at = town.now()
    await wang.says('今天有什么活动', '一群', { at })
    await wang.says('今天有什么活动', '一群', { at })
    expect(town.heard()).toHaveLength(2)
  })

  it('is not mixed up with the same words of somebody else, or in another group', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const li = town.person('李强')
    await wang.says('今天有什么活动', '一群')
    await li.says('今天有什么活动', '一群')
    await wang.says('今天有什么活动', '二群')
    expect(town.heard().map((m) => m.to)).toEqual(['一群', '一群', '二群'])
  })
})

describe('an old message', () => {
  it('is ignored after ten minutes, and kept nowhere', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const at = town.now()
    await town.advance({ minutes: 10 })
    await wang.says('今天有什么活动', '一群', { at })
    expectOne(town, '一群')
    await town.advance({ seconds: 1 })
    const before = town.counts()
    expect(await wang.says('今天有什么活动', '一群', { at })).toBe('stale')
    expect(await wang.says('帮助', undefined, { at })).toBe('stale')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })
})

describe('a feature that throws', () => {
  it('answers one polite line with the number of the incident', async () => {
    using town = clumsyTown()
    const wang = town.person('王秀英')
    expect(await wang.says('小邻 翻车 三号楼漏水', '一群')).toBe('failed')
    const [incident] = town.rows('incident')
    expectOne(town, '一群', '抱歉', `编号 ${incident?.['id']}`)
    await wang.says('翻车 三号楼漏水')
    expectOne(town, '王秀英', '抱歉', '编号 2')
  })

  it('answers in English where English is spoken', async () => {
    using town = clumsyTown()
    town.sql("UPDATE room SET lang = 'en'")
    await town.person('王秀英').says('翻车', '一群')
    expect(expectOne(town, '一群')).not.toMatch(/\p{Script=Han}/u)
  })

  it('leaves no word of the resident in the log or the incident', async () => {
    using town = clumsyTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    await wang.says('翻车 三号楼漏水', '一群')
    await wang.says('翻车 三号楼漏水')
    await wang.says('这个读不懂')
    const kept = JSON.stringify([town.rows('incident'), town.logs])
    expect(kept).not.toMatch(/翻车|漏水|王秀英|301|读不懂/)
    expect(town.rows('incident')[0]?.['error']).toMatch(/^Error: .*dispatch\.test\.ts:\d+:\d+/)
  })

  it('changes nothing of what it set out to change', async () => {
    using town = clumsyTown()
    await town.person('王秀英').says('翻车', '一群')
    expect(town.rows('opt_out')).toEqual([])
  })

  it('does not stop the next message, and is not run again on a replay', async () => {
    using town = clumsyTown()
    const wang = town.person('王秀英')
    await wang.says('翻车', '一群', { messageId: 'm1' })
    await wang.says('小邻 帮助', '一群')
    expect(town.heard().map((m) => m.text.slice(0, 2))).toEqual(['抱歉', '我是'])
    expect(await wang.says('翻车', '一群', { messageId: 'm1' })).toBe('duplicate')
    expectSilence(town)
    expect(town.rows('incident')).toHaveLength(1)
  })

  it('says nothing to a group that was not speaking to Linli', async () => {
    using town = clumsyTown()
    const wang = town.person('王秀英')
    expect(await wang.says('这个说明书读不懂', '一群')).toBe('failed')
    expectSilence(town)
    expect(town.rows('incident')).toHaveLength(1)
    expect(await wang.says('小邻 这个说明书读不懂', '一群')).toBe('failed')
    expectOne(town, '一群', '抱歉')
  })

  it('says nothing to a group that is not enabled', async () => {
    using town = clumsyTown()
    town.strangeRoom('广场舞群')
    expect(await town.person('王秀英').says('小邻 翻车', '广场舞群')).toBe('silent')
    expectSilence(town)
  })
})

describe('state, key and reply', () => {
  const REFUSE_REPLIES = `CREATE TRIGGER refuse BEFORE INSERT ON outbox
    WHEN new.text LIKE '好的%' BEGIN SELECT RAISE(ABORT, 'no reply today'); END`
  const REFUSE_ALL = `CREATE TRIGGER refuse BEFORE INSERT ON outbox
    BEGIN SELECT RAISE(ABORT, 'no reply today'); END`

  it('commit together: without its reply a command has not happened', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    town.sql(REFUSE_REPLIES)
    expect(await wang.says('退订')).toBe('failed')
    expectOne(town, '王秀英', '抱歉')
    expect(town.rows('opt_out')).toEqual([])
    expect(town.rows('audit').filter((row) => row['action'] === 'opt-out.all')).toEqual([])
  })

  it('leave everything as it was when even the error cannot be written', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const before = town.counts()
    town.sql(REFUSE_ALL)
    expect(await wang.says('退订')).toBe('failed')
    expect(town.counts()).toEqual(before)
    town.sql('DROP TRIGGER refuse')
    await wang.says('退订')
    expectOne(town, '王秀英', '不再给您私信')
  })

  it('are there after a handled message, each once', async () => {
    using town = openTown()
    await town.person('王秀英').says('退订')
    expect(town.rows('opt_out')).toHaveLength(1)
    expect(town.rows('processed_message')).toHaveLength(1)
    expect(town.rows('outbox').filter((r) => r['priority'] === 'reply')).toHaveLength(1)
  })
})

describe('a reply', () => {
  it('goes out in quiet hours too', async () => {
    using town = openTown({ now: '2026-11-24T23:00:00+08:00' })
    await town.person('王秀英').says('小邻 帮助', '一群')
    expectOne(town, '一群', '我是小邻')
  })

  it('is dropped when it could not be sent for half an hour', async () => {
    using town = openTown()
    town.setOnline(false)
    await town.person('王秀英').says('小邻 帮助', '一群')
    await town.person('李强').says('小邻 翻译', '一群')
    await town.advance({ minutes: 31 })
    town.setOnline(true)
    await town.settle()
    expect(town.heard().filter((m) => /我是小邻|没听明白/.test(m.text))).toEqual([])
  })

  it('is never said twice', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('小邻 帮助', '一群')
    const replies = town.rows('outbox').filter((r) => r['priority'] === 'reply')
    expect(new Set(replies.map((r) => r['dedupe_key'])).size).toBe(replies.length)
  })
})
