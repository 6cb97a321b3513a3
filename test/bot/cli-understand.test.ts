import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const NIGHT = '2026-11-23T23:35:00+08:00'

function understand(lines: readonly unknown[], ...args: readonly string[]) {
  const input = lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n')
  const run = spawnSync(process.execPath, ['dist/bot/cli.js', 'understand', ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: {},
  })
  const said = run.stdout.split('\n').filter((line) => line !== '')
  return {
    code: run.status,
    out: said.map((line) => JSON.parse(line) as Record<string, unknown>),
    err: run.stderr,
  }
}

describe('linli understand, without a question', () => {
  it('says what each message reports, in order', () => {
    const { code, out, err } = understand([
      { id: 1, text: '3号楼又在钻墙了,都十一点半了还在敲', now: NIGHT },
      { id: 'b', text: '垃圾物业', now: NIGHT },
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(Object.keys(out[0] ?? {})).toEqual(
      'id intent category subtype place when db emergency confidence because'.split(' '),
    )
    expect(out[0]).toMatchObject({
      id: 1,
      intent: 'report',
      category: 'noise',
      subtype: 'renovation',
      db: null,
      emergency: null,
    })
    expect(out[0]?.['because']).toContain('钻墙')
    expect(out[1]).toMatchObject({ id: 'b', intent: 'other', category: null, subtype: null })
    expect(out[1]).toMatchObject({ place: null, when: null, because: [] })
  })

  it('tells times with the offset of the community', () => {
    const { out } = understand([{ id: 1, text: '昨晚十点楼上吵得睡不着' }], '--now', NIGHT)
    expect(out[0]?.['when']).toEqual({
      text: '昨晚十点',
      from: '2026-11-22T22:00:00+08:00',
      to: '2026-11-22T22:00:00+08:00',
      repeats: null,
    })
  })

  it('names the line that it cannot read', () => {
    const { code, err } = understand([{ id: 1, text: '着火了' }, '', { id: 2, text: 5 }])
    expect(code).toBe(1)
    expect(err).toMatch(/^Line 3 is not a JSON object with "id", "text"/)
    expect(err).not.toContain('at ')
  })

  it('refuses a moment without an offset, in a line and as an option', () => {
    const line = understand([{ id: 1, text: '着火了', now: '2026-11-23 23:35' }])
    expect(line).toMatchObject({ code: 1, out: [] })
    expect(line.err).toContain('Line 1')
    const option = understand([], '--now', 'tonight')
    expect(option).toMatchObject({ code: 1, out: [] })
    expect(option.err).toContain('--now must be a moment')
  })

  it('needs to know where a reply to a question was said', () => {
    const { code, err } = understand(
      [],
      '--question',
      'content/surveys/satisfaction.v1.yaml#overall',
    )
    expect(code).toBe(1)
    expect(err).toContain('--where')
  })
})
