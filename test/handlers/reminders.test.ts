import { describe, expect, it } from 'vitest'
import { openTown } from '../support/town.ts'

describe('the day around a 每周一课', () => {
  it('reminds each group of residents in the evening, in the morning and half an hour before', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    await town.advance({ days: 1, hours: 3 })
    const groups = ['一群', '二群', '三群']
    const heard = town.heard()
    for (const group of groups) {
      const texts = heard.filter((m) => m.to === group).map((m) => [m.at, m.text.split('\n')[0]])
      expect(texts).toEqual([
        ['2026-11-24T11:00:00.000Z', '提醒大家，明天（11月25日 周三）：'],
        ['2026-11-25T00:00:00.000Z', '早上好！今天（11月25日 周三）的活动：'],
        ['2026-11-25T06:30:00.000Z', '马上就要开始了：'],
      ])
    }
    expect(heard.filter((m) => !groups.includes(m.to))).toEqual([])
  })
})
