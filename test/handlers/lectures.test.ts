import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { importLectures } from '../../bot/cli/lectures.ts'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

function lectures(town: Town) {
  return town.rows('lecture').map((r) => [r['week_on'], r['topic'], r['speaker']])
}

/** Before the daily look at what is without a speaker. */
function town(now = '2026-11-24T08:30:00+08:00') {
  const it = openTown({ now, lectures: false })
  return { town: it, zhang: it.staff('张主任', 'owner') }
}

describe('staff plan a lecture', () => {
  it.each([
    ['讲座安排 12月2日 冬季养生 王医生', '2026-11-30', '冬季养生', '王医生'],
    ['讲座安排 12月2日 《冬季养生》 市一医院 王医生', '2026-11-30', '冬季养生', '市一医院 王医生'],
    ['讲座安排 冬季养生 王医生 12月2日', '2026-11-30', '冬季养生', '王医生'],
    ['讲座安排 下周三 防诈骗', '2026-11-30', '防诈骗', ''],
    ['讲座安排 下周 防诈骗 李警官', '2026-11-30', '防诈骗', '李警官'],
    ['讲座安排 本周 防诈骗 李警官', '2026-11-23', '防诈骗', '李警官'],
    ['講座安排 １２月２日 冬季養生 王醫生', '2026-11-30', '冬季養生', '王醫生'],
    ['排课 12月2日：冬季养生，王医生', '2026-11-30', '冬季养生', '王医生'],
    ['讲座安排 Dec 2 Wellness Dr Wang', '2026-11-30', 'Wellness', 'Dr Wang'],
  ])('%s', async (words, week, topic, speaker) => {
    const { town: it, zhang } = town()
    using _ = it
    await zhang.says(words, '工作群')
    expectOne(it, '工作群', '记下了：每周一课', `《${topic}》`)
    expect(lectures(it)).toEqual([[week, topic, speaker]])
  })

  it('and residents are told', async () => {
    const { town: it, zhang } = town()
    using _ = it
    await zhang.says('讲座安排 周三 冬季养生 王医生')
    it.heard()
    await it.goTo('2026-11-24T19:00:00+08:00')
    expect(it.heard()[0]?.text).toContain('《冬季养生》（王医生主讲）')
  })

  it('and may replace it', async () => {
    const { town: it, zhang } = town()
    using _ = it
    await zhang.says('讲座安排 12月2日 冬季养生 王医生')
    await zhang.says('讲座安排 12月4日 防诈骗 李警官')
    expect(lectures(it)).toEqual([['2026-11-30', '防诈骗', '李警官']])
    it.heard()
    await it.person('李阿姨').says('下周每周一课讲什么')
    expectOne(it, '李阿姨', '《防诈骗》（李警官主讲）')
  })

  it.each([
    ['讲座安排 12月2日', '请写上日期和题目'],
    ['讲座安排 冬季养生 王医生', '请写上日期和题目'],
    [`讲座安排 12月2日 ${'养'.repeat(101)}`, '太长'],
  ])('but not without a day and a topic: %s', async (words, why) => {
    const { town: it, zhang } = town()
    using _ = it
    await zhang.says(words, '工作群')
    expectOne(it, '工作群', why)
    expect(lectures(it)).toEqual([])
  })

  it('but a resident may not, and who only asks is answered', async () => {
    const { town: it } = town()
    using _ = it
    const li = it.person('李阿姨')
    await li.says('讲座安排 12月2日 冬季养生 王医生')
    expectOne(it, '李阿姨', '要社区工作人员来办')
    for (const words of ['讲座安排', '讲座下周讲什么', '讲座 周三有吗', '下周讲座安排']) {
      await li.says(words)
      expectOne(it, '李阿姨', '每周一课')
    }
    expect(lectures(it)).toEqual([])
  })
})

describe('a week without a speaker', () => {
  it('is reported to staff seven days ahead, once', async () => {
    const { town: it } = town('2026-11-24T12:00:00+08:00')
    using _ = it
    await it.settle()
    expectOne(it, '工作群', '11月25日（周三）的每周一课', '讲座安排 日期 题目 老师')
    await it.restart()
    await it.advance({ hours: 12 })
    it.heard()
    await it.goTo('2026-11-25T09:00:00+08:00')
    const first = it.heard().filter((m) => m.to === '工作群')
    expect(first.map((m) => m.text)).toEqual([expect.stringContaining('12月2日（周三）的每周一课')])
    await it.goTo('2026-12-01T12:00:00+08:00')
    const later = it.heard().filter((m) => m.to === '工作群' && !m.text.startsWith('请确认一下'))
    expect(later).toEqual([])
  })

  it('is one with a topic alone, too', async () => {
    const { town: it, zhang } = town('2026-11-24T07:00:00+08:00')
    using _ = it
    await zhang.says('讲座安排 周三 防诈骗')
    it.heard()
    await it.goTo('2026-11-24T09:00:00+08:00')
    expect(it.heard().filter((m) => m.to === '工作群')).toHaveLength(1)
  })

  it('is none where it is planned or pauses', async () => {
    using it = openTown({ now: '2026-11-24T07:00:00+08:00' })
    await it.goTo('2026-11-24T12:00:00+08:00')
    expect(it.heard().filter((m) => m.to === '工作群')).toEqual([])
    using holiday = openTown({ now: '2026-10-01T07:00:00+08:00', lectures: false })
    await holiday.goTo('2026-10-01T12:00:00+08:00')
    expect(holiday.heard().filter((m) => m.to === '工作群')).toEqual([])
  })

  it('is not reported at night', async () => {
    const { town: it } = town('2026-11-24T22:00:00+08:00')
    using _ = it
    await it.settle()
    expectSilence(it)
    await it.goTo('2026-11-25T07:30:00+08:00')
    expect(it.heard().filter((m) => m.to === '工作群')).toHaveLength(1)
  })
})

/** A workbook with the columns 老师, 日期 and 题目 and one lecture, its date a real date. */
const XLSX = [
  'UEsDBBQAAAAIALKqd11EroPn/wAAAJYCAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbK2Sy07DMBBFf8XytoqdskAI',
  'JemCxxJYlA8w9iSx4pc8bkn/HsctLFChm65G9r1zz2g0zWa2huwhovaupWtWUwJOeqXd0NL37XN1Rzddsz0EQJKt',
  'Dls6phTuOUc5ghXIfACXld5HK1J+xoEHIScxAL+p61suvUvgUpWWDNo1j9CLnUnkac7fR2wEg5Q8HI0Lq6UiBKOl',
  'SFnne6d+UaoTgeXO4sFRB1xlA+VnCYvyN+DU95r3ELUC8iZiehE2u/hs+KeP04f3E/s/5MyUvu+1BOXlzuYWhiGC',
  'UDgCJGtYqcwK7VaX+cWMvJT1lQf5yb8wB6aDAbz2FkroN5mXQ+u+AFBLAwQUAAAACACyqnddHEn3vqQAAAAWAQAA',
  'CwAAAF9yZWxzLy5yZWxzjc/BDsIgDAbgVyG9O6YHY8zYLsZkVzMfAFnHyAYlgDrfXo7OePDY9P+/plWz2Jk9MERD',
  'TsC2KIGhU9QbpwVcu/PmAE1dXXCWKSfiaHxkueKigDElf+Q8qhGtjAV5dHkzULAy5TFo7qWapEa+K8s9D58GrE3W',
  '9gJC22+BdS+P/9g0DEbhidTdoks/TnwlsiyDxiRgmfmTwnQjmoqMAq8rvnqwfgNQSwMEFAAAAAgAsqp3XR08B8iu',
  'AAAACgEAAA8AAAB4bC93b3JrYm9vay54bWyNj8sOgkAMRX9l0r0OuDCG8NgYE9fqB4xQYAIzJe34+HxHkL2r3r5O',
  'e/Pq7Ub1RBZLvoB0m4BCX1NjfVfA7XraHKAq8xfxcCcaVJz2UkAfwpRpLXWPzsiWJvSx0xI7E2LKnZaJ0TTSIwY3',
  '6l2S7LUz1sNCyPgfBrWtrfFI9cOhDwuEcTQh/iq9nQTKfL4gv6i8cVjA5atTUHPt3ERboDizUfC5SUGXuV7X9Oqs',
  '/ABQSwMEFAAAAAgAsqp3XQPQUtK3AAAAlgEAABoAAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc62QywrCMBBF',
  'fyXM3k7bhYiYuhHBregHhHT6oG0SMvH19wbFR6ELF66GO49zL7NaX4denMlza42ELElBkNG2bE0t4XjYzhawLlZ7',
  '6lWIG9y0jkU8MSyhCcEtEVk3NChOrCMTJ5X1gwpR+hqd0p2qCfM0naP/ZsCYKXalBL8rMxCHm6Nf2LaqWk0bq08D',
  'mTBhgRfrO26IQoQqX1OQ8G4xPkqWRCrgdJj8n2E43HriT5Knftnj6MHFHVBLAwQUAAAACACyqnddk1sR1tMAAABr',
  'AQAADQAAAHhsL3N0eWxlcy54bWxdkMtuwyAQRX8Fzb4ZJ6qqqsJkZymbbtJK3RJ7HFuCAQGukr8vkFR1upx7DvNA',
  '7i/WiG8KcXbcwnbTgCDu3TDzuYXPj+7pFfZKxnQ1dJyIksg+xxamlPwbYuwnsjpunCfOZHTB6pTLcMboA+khlkfW',
  '4K5pXtDqmUHJ0XGKoncLpzzyHqCSWEEuZ2MeeQ4qL0DJkwtD3nht3KLi3KGSPRlzLHt/jQ/qZSzamt7clbarmuDF',
  'djYdhhYawH/J9hmE9t5c3xd7otDVw8uA3+a1L/59nPoBUEsDBBQAAAAIALKqd10RokRZBQEAANsBAAAYAAAAeGwv',
  'd29ya3NoZWV0cy9zaGVldDEueG1sdZHBSgMxEIZfJeRuZ7tqKZJNsYovoD5A2MZu6CZZkrD1qAdFUDwJCgqC4q16',
  'FnyedO1bmLayVOzeJv/k++dPhvROZY5KbqzQKsHtVoQRV6keCDVM8PHRwUYX9ygZazOyGecOhevKJjhzrtgBsGnG',
  'JbMtXXAVOifaSObC0QzBFoazwQKSOcRR1AHJhMKULLR95hglRo+RCWODms6L3TZGLsFC5ULxQ2eCLiwljn6fnfvP',
  'KwKOEpgrkP4S/SZiev82fXpeQ+w1EbOXh+rx4y8BIWEdM65jxg0W1e21v/mq7tbN7QfILt9a0q3O5naXQLmaq8nU',
  'X078+6u/+O+7TAcrHwr1pugPUEsBAhQDFAAAAAgAsqp3XUSug+f/AAAAlgIAABMAAAAAAAAAAAAAAIABAAAAAFtD',
  'b250ZW50X1R5cGVzXS54bWxQSwECFAMUAAAACACyqnddHEn3vqQAAAAWAQAACwAAAAAAAAAAAAAAgAEwAQAAX3Jl',
  'bHMvLnJlbHNQSwECFAMUAAAACACyqnddHTwHyK4AAAAKAQAADwAAAAAAAAAAAAAAgAH9AQAAeGwvd29ya2Jvb2su',
  'eG1sUEsBAhQDFAAAAAgAsqp3XQPQUtK3AAAAlgEAABoAAAAAAAAAAAAAAIAB2AIAAHhsL19yZWxzL3dvcmtib29r',
  'LnhtbC5yZWxzUEsBAhQDFAAAAAgAsqp3XZNbEdbTAAAAawEAAA0AAAAAAAAAAAAAAIABxwMAAHhsL3N0eWxlcy54',
  'bWxQSwECFAMUAAAACACyqnddEaJEWQUBAADbAQAAGAAAAAAAAAAAAAAAgAHFBAAAeGwvd29ya3NoZWV0cy9zaGVl',
  'dDEueG1sUEsFBgAAAAAGAAYAgAEAAAAGAAAAAA==',
].join('')
/** `日期,题目,老师` and one lecture, as spreadsheet programs in China save it. */
const GBK = 'yNXG2izM4sS/LMDPyqYNCjIwMjYvMTIvMiy2rLy+0fjJ+izN9dK9yfoNCg=='
const CSV = '日期,题目,老师\n2026-12-02,冬季养生,王医生\n'

/** Reads a file as `linli lectures import --dry-run` does; gives what it prints. */
async function imported(bytes: Buffer): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'linli-')), 'lectures')
  writeFileSync(file, bytes)
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await importLectures(file, { programme: 'weekly-lesson', dryRun: true })
    return out.mock.calls.map(([text]) => text).join('')
  } finally {
    out.mockRestore()
  }
}

describe('a file of lectures', () => {
  it.each([
    ['CSV', Buffer.from(CSV)],
    ['CSV with a byte order mark', Buffer.from(`\uFEFF${CSV}`)],
    ['CSV in GBK', Buffer.from(GBK, 'base64')],
    ['XLSX', Buffer.from(XLSX, 'base64')],
  ])('is read as %s', async (_, bytes) => {
    expect(await imported(bytes)).toMatch(/^2026-12-02 {2}冬季养生 {2}王医生\n/)
  })

  it('with bad lines is refused whole, and all of them are named', async () => {
    const file = `${CSV}下周三,防诈骗,李警官\n2026-12-03,消防,赵队长\n`
    await expect(imported(Buffer.from(file))).rejects.toThrow(/line 3: .*\n.*line 4: /)
  })
})
