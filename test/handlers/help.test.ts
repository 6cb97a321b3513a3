import { describe, expect, it } from 'vitest'
import { phrase, render } from '../../content/i18n.ts'
import { dateIn } from '../../content/time.ts'
import { LANGUAGES } from '../../db/schema.ts'
import type { Command, Needed, Where } from '../../handlers/core/feature.ts'
import { hear } from '../../handlers/core/hearing.ts'
import type { Incoming } from '../../handlers/core/ports.ts'
import { type HelpTopic, topicOf } from '../../handlers/help/index.ts'
import { expectOne, openTown, type Town } from '../support/town.ts'

interface Asking {
  readonly where?: string | undefined
  readonly topic?: string
}

const TOPIC_WORDS: Readonly<Record<HelpTopic, string>> = {
  programmes: '活动',
  signups: '报名',
  reports: '反映',
  surveys: '调查',
  rules: '垃圾分类',
  self: '隐私',
  cases: '工单',
  announcements: '公告',
  staff: '管理',
}

async function helpFor(town: Town, role: Needed, { where, topic = '' }: Asking = {}) {
  const who =
    role === 'resident'
      ? town.person('王秀英')
      : town.staff('张主任', role === 'handler' ? 'partner' : role)
  town.heard()
  await who.says(`${where === undefined ? '' : '小邻 '}帮助 ${topic}`, where)
  return town
    .heard()
    .map((m) => m.text)
    .join('\n')
}

describe('help', () => {
  it('shows residents what they may say, and nothing of the staff’s', async () => {
    using town = openTown()
    const text = await helpFor(town, 'resident')
    for (const part of ['今天有什么活动', '举报 ', '退订', '帮助 活动', '帮助 反映', '帮助 隐私']) {
      expect(text).toContain(part)
    }
    expect(text).not.toMatch(/工作人员：|工单|公告|管理|改期/)
  })

  it('has the rest by topic', async () => {
    using town = openTown()
    expect(await helpFor(town, 'resident', { topic: '隐私' })).toMatch(
      /我的住址[\s\S]*语言 繁体|语言 繁体[\s\S]*我的住址/,
    )
    expect(await helpFor(town, 'resident', { topic: '反映' })).toMatch(/撤回 1042/)
    expect(await helpFor(town, 'resident', { topic: '活动' })).not.toMatch(/改期/)
    expect(await helpFor(town, 'staff', { topic: '活动' })).toMatch(/改期/)
  })

  it('tells residents nothing of the staff’s topics', async () => {
    using town = openTown()
    const text = await helpFor(town, 'resident', { topic: '工单' })
    expect(text).toContain('这里没有您能用的')
    expect(text).not.toMatch(/派单|办结/)
    expect(await helpFor(town, 'staff', { topic: '工单', where: '一群' })).not.toMatch(/派单|办结/)
  })

  it('shows a partner and a steward what they may do, and no more', async () => {
    using town = openTown()
    const partner = await helpFor(town, 'partner', { topic: '工单' })
    expect(partner).toContain('办结 1042')
    expect(partner).not.toMatch(/派单 1042|督办 1042|反映人 1042/)
    const steward = await helpFor(town, 'steward', { topic: '工单' })
    expect(steward).toContain('派单 1042')
    expect(steward).not.toMatch(/督办 1042|反映人 1042/)
  })

  it('leaves out in a group what is for the direct chat', async () => {
    using town = openTown()
    const text = await helpFor(town, 'resident', { where: '一群' })
    expect(text).toContain('今天有什么活动')
    expect(text).toContain('先叫“小邻”')
    expect(text).not.toContain('我的住址')
  })

  it('shows staff their commands, but not where residents read along', async () => {
    using town = openTown()
    expect(await helpFor(town, 'staff')).toMatch(/工作人员：[\s\S]*工单/)
    expect(await helpFor(town, 'staff', { topic: '管理' })).toMatch(/群绑定码[\s\S]*合并居民/)
    expect(await helpFor(town, 'staff', { where: '工作群' })).toMatch(/工作人员：[\s\S]*改期/)
    expect(await helpFor(town, 'staff', { where: '一群' })).not.toMatch(/工作人员：|改期/)
  })

  it('needs no name in the staff’s group', async () => {
    using town = openTown()
    await town.staff('张主任', 'staff').says('帮助', '工作群')
    expect(town.heard().length).toBeGreaterThan(0)
  })

  it('is in the reader’s language', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('语言 English')
    town.heard()
    await wang.says('help')
    expectOne(town, '王秀英', 'today', 'unsubscribe')
  })

  it.each([
    ['resident', '一群'],
    ['resident', undefined],
    ['partner', undefined],
    ['steward', undefined],
    ['staff', undefined],
    ['staff', '工作群'],
    ['owner', undefined],
  ] as const)('fits into one message for a %s (%s)', async (role, where) => {
    using town = openTown()
    const who = role === 'resident' ? town.person('王秀英') : town.staff('张主任', role)
    // The first direct answer brings the privacy notice.
    await who.says('小邻 隐私', where)
    town.heard()
    await who.says('小邻 帮助', where)
    expect(expectOne(town, where ?? who.name).length).toBeLessThanOrEqual(600)
  })
})

describe('the command table', () => {
  using town = openTown()
  const { env } = town
  const today = dateIn(env.zone, town.now())
  const helped = env.commands.filter((c) => c.help !== undefined)

  function said(text: string, where: Where) {
    const direct = where === 'direct'
    const message = {
      text: direct ? text : `小邻 ${text}`,
      mentions: { self: false, all: false, others: false },
      ...(direct ? {} : { room: { platformId: 'r', topic: 't' } }),
    }
    return hear(env, message as Incoming)
  }

  /** The command that gets the words, as somebody who may do everything says them. */
  function heardBy(text: string, where: Where): Command | undefined {
    const heard = said(text, where)
    return env.commands.find((c) => c.where.includes(where) && c.match(heard, env, today))
  }

  it.each(helped.map((c) => [c.name, c] as const))(
    '%s is in somebody’s help',
    async (_, command) => {
      using fresh = openTown()
      const where = command.where.includes('direct')
        ? undefined
        : command.where.includes('staff-room')
          ? '工作群'
          : '一群'
      const topic = TOPIC_WORDS[topicOf(command)]
      const text = await helpFor(fresh, command.role, { where, topic })
      const example = command.help && render(phrase(command.help.example), 'zh-CN')
      expect(text).toContain(`· ${example} ——`)
    },
  )

  describe.each(LANGUAGES)('in %s', (lang) => {
    it.each(helped.map((c) => [c.name, c] as const))(
      '%s understands its own example',
      (_, command) => {
        const example = command.help ? render(phrase(command.help.example), lang) : ''
        for (const where of command.where) {
          expect(heardBy(example, where)?.name, `${example} (${where})`).toBe(command.name)
        }
      },
    )
  })

  it.each(env.content.words['suggest'] ?? [])('knows what it suggests: %s', (words) => {
    expect(heardBy(words, 'direct')).toBeDefined()
  })

  it('has each name once', () => {
    const names = env.commands.map((c) => c.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
