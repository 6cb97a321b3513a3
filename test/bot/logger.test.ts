import { describe, expect, it } from 'vitest'
import type { Config } from '../../bot/config.ts'
import { createLogger } from '../../bot/logger.ts'
import type { Logger } from '../../handlers/core/ports.ts'

/** What is written while `use` logs, a string for each write. */
function written(use: (logger: Logger) => void, level: Config['log'] = 'info'): string[] {
  const out: string[] = []
  use(createLogger(level, { write: (line) => void out.push(line) }))
  return out
}

/** The fields of the one line that was written. */
function fields(use: (logger: Logger) => void): Record<string, unknown> {
  const [line = '', ...more] = written(use)
  expect(more).toEqual([])
  return JSON.parse(line)
}

const SECRET = /王秀英|13800138000|geheim/

describe('the log', () => {
  it('is one JSON object a line', () => {
    const lines = written((log) => {
      log.info('one', { n: 1, text: 'two\nlines', yes: true, none: undefined })
      log.warn('two')
      log.error('three')
    })
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line).toMatch(/^\{.*\}\n$/)
    const { time, ...rest } = JSON.parse(lines[0] ?? '')
    expect(rest).toEqual({ level: 30, msg: 'one', n: 1, text: 'two\nlines', yes: true })
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('leaves out what is below its level', () => {
    const all = (log: Logger) => {
      log.info('one')
      log.warn('two')
      log.error('three')
    }
    expect([written(all, 'warn').length, written(all, 'error').length]).toEqual([2, 1])
    expect(written(all, 'silent')).toEqual([])
  })

  it('holds no object: nobody has looked at its fields', () => {
    const row = fields((log) =>
      log.error('failed', { message: { text: '王秀英' }, list: ['13800138000'], err: 'code' }),
    )
    expect(row).toMatchObject({ message: 'object', list: 'object', err: 'code' })
  })

  it('holds of an error its name, its code and its place', () => {
    const err = Object.assign(new RangeError('王秀英 13800138000'), { code: 'SQLITE_FULL' })
    const text = String(fields((log) => log.error('failed', { err }))['err'])
    expect(text).toMatch(/^RangeError SQLITE_FULL at .*logger\.test\.ts/)
    expect(text).not.toMatch(SECRET)
    expect(text.match(/ at /g)?.length).toBeLessThanOrEqual(3)
  })

  it('holds no words of an error, also where they look like a place in the code', () => {
    class Odd extends Error {
      override readonly name = 'Odd'
    }
    for (const err of [
      new Error('one\n    at 王秀英\n    at 13800138000'),
      new Odd('geheim\n    at geheim (geheim.ts:1:1)'),
      Object.assign(new Error('geheim'), { stack: undefined }),
      Object.assign(new Error('one\n    at 王秀英'), { message: 'another' }),
      new Error('outer', { cause: new Error('geheim') }),
      'geheim 王秀英',
    ]) {
      const kept = fields((log) => log.error('failed', typeof err === 'string' ? {} : { err }))
      expect(JSON.stringify(kept)).not.toMatch(SECRET)
    }
  })

  it('holds no words of what is thrown and is no error', () => {
    expect(fields((log) => log.error('failed', { err: Symbol('geheim') }))['err']).toBe('symbol')
  })
})
