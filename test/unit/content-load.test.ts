import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { contentRoot, loadContent } from '../../content/load.ts'
import { ContentError, type Problem } from '../../content/yaml.ts'

const folders: string[] = []

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true })
})

/** A copy of the real content with some files replaced; `undefined` takes one away. */
function contentWith(files: Record<string, string | Uint8Array | undefined>): string {
  const dir = mkdtempSync(join(tmpdir(), 'linli-content-'))
  folders.push(dir)
  for (const part of ['community', 'programmes', 'rules', 'surveys']) {
    cpSync(join(contentRoot(), part), join(dir, part), { recursive: true })
  }
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) rmSync(join(dir, file), { recursive: true })
    else {
      mkdirSync(dirname(join(dir, file)), { recursive: true })
      writeFileSync(join(dir, file), text)
    }
  }
  return dir
}

function problemsWith(files: Record<string, string | Uint8Array | undefined>): readonly Problem[] {
  try {
    loadContent(contentWith(files))
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  }
  return []
}

const CHOIR = [
  'id: choir',
  'name: { zh-CN: 合唱队, zh-TW: 合唱隊, en: Choir }',
  'kind: team',
  'recurrence: { every: week, on: [2] }',
  'starts: 18:30',
  'minutes: 60',
  'venue: { zh-CN: 活动室, zh-TW: 活動室, en: Activity room }',
  'onHoliday: skip',
]

/** The problems of a choir whose line of that key reads otherwise, or is added. */
function choirWith(...lines: string[]): readonly Problem[] {
  const text = [...CHOIR]
  for (const line of lines) {
    const key = line.slice(0, line.indexOf(':') + 1)
    const at = CHOIR.findIndex((l) => l.startsWith(key))
    if (at < 0) text.push(line)
    else text[at] = line
  }
  return problemsWith({ 'programmes/choir.yaml': text.join('\n') })
}

describe('loading content', () => {
  it('accepts a programme that says the least', () => {
    expect(choirWith()).toEqual([])
  })

  it('gives the usual reminders where a programme names none, and none where the list is empty', () => {
    const dir = contentWith({ 'programmes/choir.yaml': CHOIR.join('\n') })
    const { programmes } = loadContent(dir)
    expect(programmes.find((p) => p.id === 'choir')).toMatchObject({
      reminders: [{ daysBefore: 1, at: '19:00' }, { minutesBefore: 30 }],
      lectures: false,
      signUp: false,
    })
    expect(programmes.find((p) => p.id === 'four-thirty')?.reminders).toEqual([])
  })

  it('reports the problems of all files together, with file, line and path', () => {
    const problems = problemsWith({
      'programmes/choir.yaml': [...CHOIR.slice(0, 4), 'starts: 25:00', ...CHOIR.slice(5)].join(
        '\n',
      ),
      'rules/chat.yaml': undefined,
      'community/calendar.yaml':
        'corrections: []\nschoolTerms:\n  - from: 2026-09-01\n    till: 2027-01-22\n',
    })
    expect(problems).toEqual([
      {
        file: 'community/calendar.yaml',
        line: 3,
        path: 'schoolTerms[0].to',
        message: 'expected text, found nothing',
      },
      {
        file: 'community/calendar.yaml',
        line: 4,
        path: 'schoolTerms[0].till',
        message: 'unknown key "till"',
      },
      { file: 'rules/chat.yaml', line: 1, path: '', message: 'expected this file, there is none' },
      {
        file: 'programmes/choir.yaml',
        line: 5,
        path: 'starts',
        message: 'expected a time such as 09:00, found "25:00"',
      },
    ])
  })

  it('lists every problem in the message of the error', () => {
    const dir = contentWith({ 'programmes/choir.yaml': 'id: Choir', 'rules/words.yaml': '[]' })
    expect(() => loadContent(dir)).toThrow(/choir\.yaml:1: id: expected small letters/)
    expect(() => loadContent(dir)).toThrow(/rules\/words\.yaml:1: expected a mapping, found a list/)
  })

  it.each([
    ['broken YAML', 'name: [1, 2\nid: x', 'programmes/choir.yaml'],
    ['a tab for indentation', 'name:\n\tzh-CN: x', 'programmes/choir.yaml'],
    ['an unknown alias', 'name: *nobody', 'programmes/choir.yaml'],
    [
      'aliases that multiply',
      `a: &a [${'x, '.repeat(99)}x]\nb: &b [${'*a, '.repeat(99)}*a]\nc: [${'*b, '.repeat(99)}*b]`,
      'programmes/choir.yaml',
    ],
    ['two documents', 'id: a\n---\nid: b', 'programmes/choir.yaml'],
    ['a key written twice', 'id: a\nid: b', 'programmes/choir.yaml'],
    ['an empty file', '', 'programmes/choir.yaml'],
    ['nothing but a comment', '# later\n', 'programmes/choir.yaml'],
    ['endless nesting', '['.repeat(20_000) + ']'.repeat(20_000), 'programmes/choir.yaml'],
  ])('reports %s as a problem of the file', (_what, text, file) => {
    const problems = problemsWith({ [file]: text })
    expect(problems).not.toEqual([])
    expect(problems.every((p) => p.file === file && p.line >= 1 && p.message !== '')).toBe(true)
  })

  it('reports text that is not UTF-8', () => {
    const gbk = Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xb9, 0xe2])
    expect(problemsWith({ 'programmes/choir.yaml': gbk })).toEqual([
      { file: 'programmes/choir.yaml', line: 1, path: '', message: 'expected UTF-8 text' },
    ])
  })

  it('reports a folder in the place of a file', () => {
    expect(problemsWith({ 'rules/chat.yaml': undefined, 'rules/chat.yaml/x': '' })).toMatchObject([
      { file: 'rules/chat.yaml', message: 'unreadable: EISDIR' },
    ])
  })

  it('reads JSON and a byte order mark, and leaves other files alone', () => {
    const choir = { id: 'choir', kind: 'team', recurrence: { every: 'day' }, starts: '18:30' }
    const text = { 'zh-CN': '合唱', 'zh-TW': '合唱', en: 'Choir' }
    const json = JSON.stringify({
      ...choir,
      name: text,
      venue: text,
      minutes: 60,
      onHoliday: 'skip',
    })
    const dir = contentWith({
      'programmes/choir.json': `\uFEFF${json}`,
      'programmes/README.md': 'not content',
      'programmes/.choir.yaml': 'an editor left this',
    })
    expect(loadContent(dir).programmes.map((p) => p.id)).toContain('choir')
  })

  it('reports a folder without programmes', () => {
    expect(problemsWith({ programmes: undefined })).toEqual([
      {
        file: 'programmes',
        line: 1,
        path: '',
        message: 'expected a folder with at least one .yaml file',
      },
    ])
  })

  it('reports an empty content folder once for each file that it lacks', () => {
    const dir = mkdtempSync(join(tmpdir(), 'linli-content-'))
    folders.push(dir)
    expect(() => loadContent(dir)).toThrow(/has 12 problem\(s\)/)
  })
})

describe('checking a programme', () => {
  it.each<[line: string, path: string, message: RegExp]>([
    ['recurrence: { every: fortnight }', 'recurrence.every', /day, workday, schoolday, week/],
    ['recurrence: { every: week, on: [] }', 'recurrence.on', /at least one/],
    [
      'recurrence: { every: week, on: [0] }',
      'recurrence.on[0]',
      /1 \(Monday\) to 7 \(Sunday\), found 0/,
    ],
    ['recurrence: { every: week, on: [2, 2] }', 'recurrence.on', /no value twice/],
    ['recurrence: { every: week, on: [2], interval: 2 }', 'recurrence.interval', /"from" as well/],
    ['recurrence: { every: month, day: 32 }', 'recurrence.day', /<=31/],
    ['recurrence: { every: month, day: 3, nth: 1 }', 'recurrence', /either "day"/],
    ['recurrence: { every: month, nth: 1 }', 'recurrence', /either "day"/],
    ['recurrence: { every: month, nth: 6, weekday: 1 }', 'recurrence.nth', /-1 for the last/],
    ['recurrence: { every: quarter, month: 4, day: 1 }', 'recurrence.month', /1 to 3/],
    ['recurrence: { every: year, dates: [02-30] }', 'recurrence.dates[0]', /day of the year/],
    ['recurrence: { every: lunar, dates: [13-01] }', 'recurrence.dates[0]', /lunar month and day/],
    [
      'recurrence: { every: once, dates: [2026-02-29] }',
      'recurrence.dates[0]',
      /found "2026-02-29"/,
    ],
    ['recurrence: { every: day, on: [1] }', 'recurrence.on', /unknown key/],
    ['minutes: 0', 'minutes', /^expected number to be >=1/],
    ['onHoliday: maybe', 'onHoliday', /^expected one of .*"move", found "maybe"/],
    ['name: { zh-CN: 合唱队, en: Choir }', 'name["zh-TW"]', /found nothing/],
    ["name: { zh-CN: 合唱队, zh-TW: '  ', en: Choir }", 'name["zh-TW"]', /some text/],
    [
      'name: { zh-CN: 3, zh-TW: 三, en: Three }',
      'name["zh-CN"]',
      /expected text, found 3 \(quote it\)/,
    ],
    ['colour: red', 'colour', /unknown key "colour"/],
    ['capacity: 20', 'capacity', /signUp: true/],
    ['topics: [{ zh-CN: 歌, zh-TW: 歌, en: Song }]', 'topics', /only with every day/],
    ['audience: {}', 'audience', /places or tags/],
    ["audience: { places: ['99'] }", 'audience.places[0]', /place of the map, found "99"/],
    ['reminders: [{ daysBefore: 0, at: 18:30 }]', 'reminders[0].at', /before the start at 18:30/],
    ['reminders: [{ minutesBefore: -5 }]', 'reminders[0].minutesBefore', />=1/],
    ['reminders: [{ daysBefore: 1 }]', 'reminders[0].at', /found nothing/],
    [
      'reminders: [{ minutesBefore: 5 }, { minutesBefore: 5 }]',
      'reminders[1]',
      /no reminder twice/,
    ],
  ])('refuses %s', (line, path, message) => {
    const problems = choirWith(line)
    expect(problems).toMatchObject([{ file: 'programmes/choir.yaml', path }])
    expect(problems[0]?.message).toMatch(message)
    const key = line.slice(0, line.indexOf(':') + 1)
    const own = CHOIR.findIndex((l) => l.startsWith(key))
    expect(problems[0]?.line).toBe((own < 0 ? CHOIR.length : own) + 1)
  })

  it('refuses a last day before the first', () => {
    expect(choirWith('from: 2026-09-01', 'until: 2026-08-31')).toMatchObject([{ path: 'until' }])
  })

  it('refuses an id that another programme has', () => {
    expect(choirWith('id: law')).toMatchObject([
      {
        file: 'programmes/law.yaml',
        path: 'id',
        message: 'expected an id of its own, "law" is taken',
      },
    ])
  })
})

describe('checking the rest', () => {
  const place = (id: string, name: string) =>
    `  - { id: ${id}, kind: spot, name: { zh-CN: ${name}, zh-TW: ${name}, en: Gate } }`
  const map = (...places: string[]) => ({
    'community/community.yaml': [
      'name: { zh-CN: 某社区, zh-TW: 某社區, en: Some Community }',
      'botName: 小邻',
      'staffRoom: 光明社区工作人员',
      'places:',
      ...places,
    ].join('\n'),
    'community/demo.yaml':
      'rooms: [{ topic: 光明社区工作人员, kind: staff }]\npeople: [{ name: 张, role: owner, rooms: [] }]',
  })

  it('refuses an id or a name for two places', () => {
    expect(problemsWith(map(place('gate', '大门'), place('gate', '后门')))).toMatchObject([
      { file: 'community/community.yaml', line: 6, path: 'places[1]' },
    ])
    expect(problemsWith(map(place('front', '大门'), place('back', '大门')))).toMatchObject([
      { message: 'expected each place once, "大门" is both front and back' },
    ])
  })

  it('refuses a place with neither an id nor a range', () => {
    const nameless = '  - { kind: spot, name: { zh-CN: 门, zh-TW: 門, en: Gate } }'
    expect(problemsWith(map(nameless))).toMatchObject([{ message: 'expected an id or a range' }])
  })

  it('refuses groups, places and people of the demonstration that do not fit together', () => {
    const demo = [
      'rooms:',
      "  - { topic: 一群, kind: residents, place: '99' }",
      '  - { topic: 一群, kind: residents }',
      'people:',
      '  - { name: 张, role: staff, rooms: [{ topic: 二群 }] }',
      '  - { name: 张, role: steward, beat: nowhere, rooms: [] }',
    ].join('\n')
    const problems = problemsWith({ 'community/demo.yaml': demo })
    expect(problems.map((p) => [p.line, p.path])).toEqual([
      [2, 'rooms[0].place'],
      [3, 'rooms[1].topic'],
      [1, 'rooms'],
      [5, 'people[0].rooms[0]'],
      [6, 'people[1].name'],
      [6, 'people[1].beat'],
      [4, 'people'],
    ])
  })

  it('refuses a word twice in one list, and lets two lists share one', () => {
    expect(problemsWith({ 'rules/words.yaml': 'help: [帮助]\nsuggest: [帮助]\n' })).toEqual([])
    expect(problemsWith({ 'rules/words.yaml': 'help: [帮助]\nmenu: [菜单, 菜单]\n' })).toEqual([
      { file: 'rules/words.yaml', line: 2, path: 'menu', message: 'expected no value twice' },
    ])
    expect(problemsWith({ 'rules/words.yaml': 'help: []\n' })).toMatchObject([{ path: 'help' }])
  })

  it('refuses two corrections of one day', () => {
    const name = 'name: { zh-CN: 休, zh-TW: 休, en: Off }'
    const day = `  - { on: 2026-11-27, work: false, ${name} }`
    const text = `corrections:\n${day}\n${day}\nschoolTerms: []\n`
    expect(problemsWith({ 'community/calendar.yaml': text })).toMatchObject([
      { line: 1, path: 'corrections' },
    ])
  })
})
