import { describe, expect, it } from 'vitest'
import { phrase, render } from '../../content/i18n.ts'
import { dateIn } from '../../content/time.ts'
import { LANGUAGES, type ROLES } from '../../db/schema.ts'
import type { Command, Where } from '../../handlers/core/feature.ts'
import { hear } from '../../handlers/core/hearing.ts'
import type { Incoming } from '../../handlers/core/ports.ts'
import { expectOne, openTown, type Town } from '../support/town.ts'

async function helpFor(town: Town, role: (typeof ROLES)[number], where?: string): Promise<string> {
  const who = role === 'resident' ? town.person('王秀英') : town.staff('张主任', role)
  town.heard()
  await who.says(where === undefined ? '帮助' : '小邻 帮助', where)
  return town
    .heard()
    .map((m) => m.text)
    .join('\n')
}

describe('help', () => {
  it('shows residents what they may say, and nothing of the staff’s', async () => {
    using town = openTown()
    const text = await helpFor(town, 'resident')
    for (const part of ['今天有什么活动', '退订', '我的住址', '语言 繁体', '隐私']) {
      expect(text).toContain(part)
    }
    expect(text).not.toMatch(/工作人员：|群绑定码|改期/)
  })

  it('leaves out in a group what is for the direct chat', async () => {
    using town = openTown()
    const text = await helpFor(town, 'resident', '一群')
    expect(text).toContain('今天有什么活动')
    expect(text).toContain('先叫“小邻”')
    expect(text).not.toContain('我的住址')
  })

  it('shows staff their commands, but not where residents read along', async () => {
    using town = openTown()
    expect(await helpFor(town, 'staff')).toMatch(/工作人员：[\s\S]*群绑定码[\s\S]*合并居民/)
    expect(await helpFor(town, 'staff', '工作群')).toMatch(/工作人员：[\s\S]*改期/)
    expect(await helpFor(town, 'staff', '一群')).not.toMatch(/工作人员：|改期/)
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

  it('fits into one message for residents', async () => {
    using town = openTown()
    await town.person('王秀英').says('小邻 帮助', '一群')
    expect(expectOne(town, '一群').length).toBeLessThanOrEqual(600)
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
      const text = await helpFor(fresh, command.role, where)
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
