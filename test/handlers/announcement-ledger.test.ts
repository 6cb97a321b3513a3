import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announcements } from '../../handlers/announcements/index.ts'
import { staff } from '../../handlers/staff/index.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

const TEXT = '明天停水'
const HEARD = '【社区公告】\n明天停水'

/** Many groups and two of the staff; nothing but announcements goes on. */
function openOffice(groups: number, options: Parameters<typeof openTown>[0] = {}) {
  const town = openTown({ features: [announcements, staff], ...options })
  const names = ['一群', '二群', '三群']
  while (names.length < groups) {
    const name = `第${names.length + 1}群`
    town.addRoom(name)
    names.push(name)
  }
  return { town, names, chief: town.staff('张主任', 'owner') }
}

/** The groups that got the announcement since the last look, in order. */
function told(town: Town): string[] {
  return town
    .heard()
    .filter((m) => m.text === HEARD)
    .map((m) => m.to)
}

async function ask(town: Town, who: Person, words: string): Promise<string> {
  const before = town.sent.length
  await who.says(words)
  return town.sent
    .slice(before)
    .filter((m) => m.to === who.name)
    .map((m) => m.text)
    .join('\n')
}

async function codeFor(town: Town, who: Person, words: string): Promise<string> {
  return /确认 (\d{4,6})/.exec(await ask(town, who, words))?.[1] ?? ''
}

/** Waits for work that hangs in the network, letting the time limits strike. */
async function through(town: Town, work: Promise<unknown>): Promise<void> {
  let over = false
  const ended = work.finally(() => {
    over = true
  })
  while (!over) {
    await new Promise((next) => setImmediate(next))
    town.timeout()
  }
  await ended
}

describe('forty groups, of which two cannot be reached', () => {
  async function withTwoFailures() {
    const office = openOffice(40)
    const { town, chief } = office
    const code = await codeFor(town, chief, `公告 ${TEXT}`)
    town.trouble((text, to) =>
      text === HEARD && /^第(7|19)群$/.test(to) ? new Error('no') : undefined,
    )
    await chief.says(`确认 ${code}`)
    expect(await ask(town, chief, '公告 进度')).toMatch(/38\/40 已发\n还有 2 个群正在发$/)
    await town.advance({ minutes: 10 })
    return office
  }

  it('are told in one message which ones, and why', async () => {
    const { town } = await withTwoFailures()
    using _ = town
    const reports = town.heard().filter((m) => m.text.includes('发完了'))
    expect(reports).toHaveLength(1)
    expect(reports[0]?.text).toContain('38/40 已发')
    expect(reports[0]?.text).toContain('· 第7群：没发出去')
    expect(reports[0]?.text).toContain('· 第19群：没发出去')
    await town.advance({ hours: 1 })
    expect(town.heard()).toEqual([])
  })

  it('get it at the second attempt, and nobody else does', async () => {
    const { town, chief } = await withTwoFailures()
    using _ = town
    town.trouble(undefined)
    town.heard()
    expect(await ask(town, chief, '公告 重试 1')).toContain('没发成的 2 个群')
    expect(told(town)).toEqual(['第7群', '第19群'])
    expect(await ask(town, chief, '公告 进度 1')).toContain('40/40 已发')
    expect(await ask(town, chief, '公告 重试 1')).toContain('没有要重发的群')
    await town.restart()
    expect(told(town)).toEqual([])
  })

  it('are not sent to twice when staff also ask for the single message', async () => {
    const { town, chief } = await withTwoFailures()
    using _ = town
    const first = town.rows('outbox').find((row) => row['state'] === 'failed')
    town.trouble(undefined)
    town.heard()
    await chief.says('公告 重试 1')
    await chief.says(`重发 ${first?.['id']}`)
    await chief.says('公告 重试 1')
    await town.advance({ hours: 1 })
    expect(told(town)).toEqual(['第7群', '第19群'])
  })

  it('are left alone when they were switched off meanwhile', async () => {
    const { town, chief } = await withTwoFailures()
    using _ = town
    town.sql("UPDATE room SET enabled = 0 WHERE topic = '第7群'")
    town.trouble(undefined)
    town.heard()
    await chief.says('公告 重试 1')
    expect(told(town)).toEqual(['第19群'])
  })
})

describe('a group of which nobody knows whether it got it', () => {
  async function withUnknown() {
    const office = openOffice(3)
    const { town, chief } = office
    const code = await codeFor(town, chief, `公告 ${TEXT}`)
    town.trouble((text, to) => (text === HEARD && to === '二群' ? 'hang' : undefined))
    await through(town, chief.says(`确认 ${code}`))
    town.trouble(undefined)
    await town.settle()
    const report = town.heard().at(-1)?.text ?? ''
    return { ...office, report, no: /消息 #(\d+)/.exec(report)?.[1] }
  }

  it('is named, and never sent to by a retry', async () => {
    const { town, chief, report } = await withUnknown()
    using _ = town
    expect(report).toContain('2/3 已发')
    expect(report).toContain('· 二群：不知道发没发出去')
    expect(await ask(town, chief, '公告 重试 1')).toContain('没有要重发的群')
    expect(told(town)).toEqual([])
  })

  it('gets it again when a person says so', async () => {
    const { town, chief, no } = await withUnknown()
    using _ = town
    await chief.says(`重发 ${no}`)
    expect(told(town)).toEqual(['二群'])
    expect(await ask(town, chief, '公告 进度 1')).toContain('3/3 已发')
  })

  it('counts as told when a person saw it there', async () => {
    const { town, chief, no } = await withUnknown()
    using _ = town
    await chief.says(`不用重发 ${no}`)
    expect(told(town)).toEqual([])
    expect(await ask(town, chief, '公告 进度 1')).toContain('3/3 已发')
  })
})

describe('a long announcement', () => {
  const long = Array.from({ length: 50 }, (_, i) => `第${i + 1}条：请大家把垃圾分好类再投放。`)
  const heardBy = (town: Town, group: string) =>
    town
      .heard()
      .filter((m) => m.to === group)
      .map((m) => m.text.slice(0, 5))

  it('is sent again only in the part that failed', async () => {
    const { town, chief } = openOffice(3)
    using _ = town
    const code = await codeFor(town, chief, `公告 ${long.join('\n')}`)
    const fails = (text: string, to: string) => to === '二群' && text.startsWith('(2/2)')
    town.trouble((text, to) => (fails(text, to) ? new Error('no') : undefined))
    await chief.says(`确认 ${code}`)
    await town.advance({ minutes: 10 })
    expect(await ask(town, chief, '公告 进度 1')).toContain('2/3 已发')
    expect(heardBy(town, '二群')).toEqual(['(1/2)'])
    town.trouble(undefined)
    await chief.says('公告 重试 1')
    expect(heardBy(town, '二群')).toEqual(['(2/2)'])
    expect(await ask(town, chief, '公告 进度 1')).toContain('3/3 已发')
  })

  it('is brought to its end where it has begun, when it is stopped', async () => {
    const { town, chief } = openOffice(8, { pacing: true })
    using _ = town
    await chief.says(`公告 ${long.join('\n')}`)
    await chief.says(`确认 ${town.rows('announcement')[0]?.['code']}`)
    const parts = () => town.sent.filter((m) => /^\([12]\/2\)/.test(m.text) && m.to !== '张主任')
    for (let i = 0; i < 60 && parts().length === 0; i++) await town.advance({ seconds: 1 })
    const begun = new Set(parts().map((m) => m.to))
    expect(begun.size).toBeGreaterThan(0)
    await chief.says('公告 取消 1')
    await town.advance({ hours: 1 })
    const got = parts().map((m) => `${m.to} ${m.text.slice(0, 5)}`)
    expect(got.sort()).toEqual([...begun].flatMap((to) => [`${to} (1/2)`, `${to} (2/2)`]).sort())
  })
})

describe('stopping', () => {
  it('leaves those untold who were not told yet', async () => {
    const { town, chief } = openOffice(30, { pacing: true })
    using _ = town
    await chief.says(`确认 ${await codeFor(town, chief, `公告 ${TEXT}`)}`)
    await town.advance({ seconds: 10 })
    const before = told(town).length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(30)
    await chief.says('公告 取消')
    await town.advance({ hours: 1 })
    const heard = town.heard()
    expect(heard.filter((m) => m.text === HEARD)).toEqual([])
    expect(heard.map((m) => m.text).join()).toContain(`还没发的 ${30 - before} 个群不再发`)
    expect(await ask(town, chief, '公告 列表')).toContain(`发到 ${before}/30 时取消了`)
  })

  it('comes too late once everybody is told', async () => {
    const { town, chief } = openOffice(3)
    using _ = town
    await chief.says(`确认 ${await codeFor(town, chief, `公告 ${TEXT}`)}`)
    await town.settle()
    await chief.says('公告 取消 1')
    expect(town.sent.at(-1)?.text).toContain('已经发完，取消不了')
  })
})

describe('taking back', () => {
  it('reaches every group that was told', async () => {
    const { town, chief } = openOffice(3)
    using _ = town
    await chief.says(`确认 ${await codeFor(town, chief, `公告 ${TEXT}`)}`)
    await town.settle()
    expect(await ask(town, chief, '公告 撤回 1')).toContain('正在撤回公告 #1 的 3 条消息')
    expect(town.recalled).toHaveLength(3)
    expect(await ask(town, chief, '公告 进度 1')).toContain('3 个群里的已经撤回')
    expect(await ask(town, chief, '公告 撤回 1')).toContain('没有可以撤回的')
  })

  it('says where it did not work', async () => {
    const { town, chief } = openOffice(3)
    using _ = town
    await chief.says(`确认 ${await codeFor(town, chief, `公告 给一群 ${TEXT}`)}`)
    town.refuseRecalls()
    await chief.says('公告 撤回 1')
    expect(await ask(town, chief, '公告 进度 1')).toContain('撤不回：一群')
  })

  it('says so at once where the network names no messages', async () => {
    const { town, chief } = openOffice(3)
    using _ = town
    await chief.says(`确认 ${await codeFor(town, chief, `公告 ${TEXT}`)}`)
    town.sql('UPDATE outbox SET platform_message_id = NULL')
    expect(await ask(town, chief, '公告 撤回 1')).toContain('有 3 条消息，这个账号撤不回')
    expect(town.recalled).toEqual([])
  })
})

type Step =
  | { readonly do: 'confirm' | 'retry' | 'restart' | 'settle' | 'done' }
  | { readonly do: 'network'; readonly how: 'ok' | 'fails' | 'hangs' }
  | { readonly do: 'wait'; readonly minutes: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'confirm' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'retry' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'restart' as const }) },
  fc.constant({ do: 'settle' as const }),
  fc.constant({ do: 'done' as const }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('network' as const),
      how: fc.constantFrom('ok', 'fails', 'hangs'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(9) }) },
)

async function take(town: Town, chief: Person, code: string, what: Step): Promise<void> {
  switch (what.do) {
    case 'confirm':
      return void (await chief.says(`确认 ${code}`))
    case 'retry':
      return void (await chief.says('公告 重试 1'))
    case 'restart':
      return void (await town.restart())
    case 'done': {
      const row = town.rows('outbox').find((each) => each['state'] === 'unknown')
      return void (row && (await chief.says(`不用重发 ${row['id']}`)))
    }
    case 'wait':
      return void (await town.advance({ minutes: what.minutes }))
    case 'network': {
      const { how } = what
      return town.trouble((text, to) => {
        if (how === 'ok' || text !== HEARD || to === '三群') return undefined
        return how === 'fails' ? new Error('no') : 'hang'
      })
    }
    default:
      return void (await town.settle())
  }
}

describe('whatever happens', () => {
  it('no group gets an announcement twice, and none is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const { town, chief } = openOffice(3)
        using _ = town
        const code = await codeFor(town, chief, `公告 ${TEXT}`)
        for (const each of steps) await through(town, take(town, chief, code, each))
        town.trouble(undefined)
        await through(town, town.advance({ minutes: 10 }))
        await chief.says('公告 重试 1')
        await town.settle()

        const got = told(town).sort()
        expect(new Set(got).size).toBe(got.length)
        // A confirmation may have come too late.
        const confirmed = town.rows('announcement')[0]?.['confirmed_at'] !== null
        const rows = town.rows('announcement_delivery')
        expect(rows).toHaveLength(confirmed ? 3 : 0)
        const sent = town
          .rows('outbox')
          .filter(
            (row) => row['text'] === HEARD && ['sent', 'unknown'].includes(String(row['state'])),
          )
          .map((row) => row['room_id'])
        // Every group was told, or may have been and is shown to staff.
        expect(new Set(sent).size).toBe(confirmed ? 3 : 0)
        expect(sent).toHaveLength(confirmed ? 3 : 0)
      }),
      { numRuns: 100 },
    )
  })
})
