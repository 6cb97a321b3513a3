import { Converter } from 'opencc-js/cn2t'
import { describe, expect, it } from 'vitest'
import { phrase, render, type Say } from '../../content/i18n.ts'
import { en } from '../../content/locales/en.ts'
import type { Translation } from '../../content/locales/translation.ts'
import { zhCN } from '../../content/locales/zh-CN.ts'
import { zhTW } from '../../content/locales/zh-TW.ts'
import { LANGS } from '../../content/schema.ts'
import { type LocalDate, toLocalDate } from '../../content/time.ts'
import { dayPhrase } from '../../handlers/core/dates.ts'
import type { Env } from '../../handlers/core/feature.ts'
import { normalise } from '../../handlers/core/text/normalise.ts'
import { helping } from '../../handlers/help/index.ts'
import { privacy } from '../../handlers/privacy/index.ts'
import { programmes } from '../../handlers/programmes/index.ts'
import { staff } from '../../handlers/staff/index.ts'
import { demoContent } from '../support/content.ts'

const catalogues = { 'zh-CN': zhCN, 'zh-TW': zhTW, en } satisfies Record<string, Translation>
const today: LocalDate = toLocalDate('2026-11-23')

function mapText(
  catalogue: Translation,
  seen: (text: string, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, seen(text, key)]))
}

function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '')
  return [...new Set(names)].sort()
}

describe('the catalogues', () => {
  it.each(['zh-TW', 'en'] as const)('%s fills the same placeholders as the source', (lang) => {
    expect(mapText(catalogues[lang], placeholders)).toEqual(mapText(zhCN, placeholders))
  })

  it.each(['zh-TW', 'en'] as const)('%s has the keys in the order of the source', (lang) => {
    expect(Object.keys(catalogues[lang])).toEqual(Object.keys(zhCN))
  })

  it.each(LANGS)('%s leaves no text empty', (lang) => {
    const empty = Object.entries(catalogues[lang]).filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })

  it.each(LANGS)('%s ends no line in a half-width colon, where some puppets cut', (lang) => {
    const cut = Object.entries(catalogues[lang]).filter(([, text]) => /:[^\S\n]*$/m.test(text))
    expect(cut).toEqual([])
  })
})

describe('the Taiwan catalogue', () => {
  const toTaiwan = Converter({ from: 'cn', to: 'tw' })
  /** Right as they stand; the converter prefers another character. */
  const EXCEPTIONS = /公布|鄰里/g

  it('is written in traditional characters throughout', () => {
    const bare = mapText(zhTW, (text) => text.replace(EXCEPTIONS, ''))
    expect(mapText(zhTW, (text) => toTaiwan(text.replace(EXCEPTIONS, '')))).toEqual(bare)
  })

  it('quotes with corner brackets', () => {
    expect(Object.entries(zhTW).filter(([, text]) => /[“”‘’"]/.test(text))).toEqual([])
  })
})

describe('a reply in full', () => {
  const lesson = { 'zh-CN': '每周一课', 'zh-TW': '每週一課', en: 'Weekly Lesson' }
  const room = { 'zh-CN': '二楼活动室', 'zh-TW': '二樓活動室', en: 'Activity Room' }
  const lines: Say = [
    phrase('programmes.thisWeek'),
    [
      phrase('programmes.day', { day: dayPhrase(toLocalDate('2026-11-24'), today) }),
      phrase('programmes.line', {
        time: '15:00',
        name: lesson,
        topic: phrase('programmes.lecture', { topic: '冬季养生', speaker: '王医生' }),
        venue: room,
      }),
    ],
    [
      phrase('programmes.day', { day: dayPhrase(toLocalDate('2026-11-27'), today) }),
      phrase('programmes.lineOff', {
        time: '09:00',
        name: lesson,
        topic: '',
        reason: phrase('programmes.off'),
      }),
    ],
  ]

  it('reads well in simplified Chinese', () => {
    expect(render(lines, 'zh-CN').split('\n')).toEqual([
      '本周接下来的活动',
      '明天（11月24日 周二）：',
      '15:00 每周一课《冬季养生》（王医生主讲），地点：二楼活动室',
      '11月27日（周五）：',
      '09:00 每周一课（已取消）',
    ])
  })

  it('reads well in Taiwan Chinese', () => {
    expect(render(lines, 'zh-TW').split('\n')).toEqual([
      '本週接下來的活動',
      '明天（11月24日 週二）：',
      '15:00 每週一課《冬季养生》（王医生主講），地點：二樓活動室',
      '11月27日（週五）：',
      '09:00 每週一課（已取消）',
    ])
  })

  it('reads well in English', () => {
    expect(render(lines, 'en').split('\n')).toEqual([
      'Still to come this week',
      'Tomorrow (Tue 11/24)',
      '15:00 Weekly Lesson: “冬季养生” with 王医生. Where: Activity Room',
      'Fri 11/27',
      '09:00 Weekly Lesson (cancelled)',
    ])
  })

  it('keeps what people wrote as they wrote it', () => {
    const note = { 'zh-CN': '$t(core.error) {{no}} <b>', 'zh-TW': '', en: '' }
    expect(render(phrase('programmes.note', { note }), 'zh-CN')).toBe('$t(core.error) {{no}} <b>')
  })
})

describe('the examples of the help text', () => {
  const commands = [staff, privacy, programmes, helping].flatMap((feature) => feature.commands)

  it.each(LANGS)('are understood as the command that they show, in %s', (lang) => {
    const env = { content: demoContent() } as Env
    const strange = commands.flatMap((command) => {
      if (command.help === undefined) return []
      const words = render(phrase(command.help.example), lang)
      const said = { text: normalise(words), words, addressed: true }
      const first = commands.find((c) => c.match(said, env, today) !== undefined)
      return first === command ? [] : [`${command.name}: ${words}`]
    })
    expect(strange).toEqual([])
  })
})
