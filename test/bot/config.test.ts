import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, SETTING_NAMES } from '../../bot/config.ts'
import { contentRoot } from '../../content/load.ts'

/** The lines that a wrong environment is answered with. */
function complaints(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('settings', () => {
  it('have defaults: the sandbox on the loopback address', () => {
    const { config, secrets } = readConfig({})
    expect(config).toEqual({
      data: resolve('data'),
      content: contentRoot(),
      port: 8080,
      host: '127.0.0.1',
      publicUrl: undefined,
      zone: 'Asia/Shanghai',
      log: 'info',
      pacing: false,
      backup: {
        folder: resolve('data/backups'),
        at: '03:00',
        keep: { days: 7, weeks: 4 },
      },
      puppet: 'sandbox',
      sandbox: { seed: 'demo', now: undefined, offline: 'lose' },
    })
    expect(secrets).toEqual({ sandboxToken: undefined })
  })

  it('are read, each of them', () => {
    const { config, secrets } = readConfig({
      LINLI_DATA: 'here',
      LINLI_CONTENT: '/',
      LINLI_PORT: '0',
      LINLI_HOST: '0.0.0.0',
      LINLI_PUBLIC_URL: 'https://Linli.example.org:8443/',
      LINLI_TZ: 'Asia/Urumqi',
      LINLI_LOG: 'silent',
      LINLI_BACKUP_DIR: '/backups',
      LINLI_BACKUP_AT: 'off',
      LINLI_BACKUP_DAYS: '14',
      LINLI_BACKUP_WEEKS: '0',
      LINLI_PACING: 'off',
      LINLI_SANDBOX_TOKEN: '12345678',
      LINLI_SANDBOX_SEED: 'empty',
      LINLI_SANDBOX_NOW: '2026-11-24T12:00:00+08:00',
      LINLI_SANDBOX_OFFLINE: 'replay',
      WECHATY_PUPPET: 'wechaty-puppet-service',
    })
    expect(config).toEqual({
      data: resolve('here'),
      content: '/',
      port: 0,
      host: '0.0.0.0',
      publicUrl: 'https://linli.example.org:8443',
      zone: 'Asia/Urumqi',
      log: 'silent',
      pacing: false,
      backup: { folder: '/backups', at: undefined, keep: { days: 14, weeks: 0 } },
      puppet: 'wechaty-puppet-service',
      sandbox: { seed: 'empty', now: '2026-11-24T04:00:00.000Z', offline: 'replay' },
    })
    expect(secrets).toEqual({ sandboxToken: '12345678' })
  })

  it.each(['linli.example.org', 'https://linli.example.org/linli', 'ftp://a.example', 'https://'])(
    'take no public address such as %s',
    (address) => {
      expect(complaints({ LINLI_PUBLIC_URL: address })[1]).toMatch(
        /LINLI_PUBLIC_URL: expected an addr/,
      )
    },
  )

  it('slow sending down wherever the account is real', () => {
    const pacing = (environment: Record<string, string>) => readConfig(environment).config.pacing
    expect(pacing({})).toBe(false)
    expect(pacing({ LINLI_PACING: 'on' })).toBe(true)
    expect(pacing({ WECHATY_PUPPET: 'wechaty-puppet-service' })).toBe(true)
    expect(pacing({ WECHATY_PUPPET: 'wechaty-puppet-service', LINLI_PACING: 'off' })).toBe(false)
  })

  it('that are empty count as not set', () => {
    const empty = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  it('that are wrong are reported all together, with what was expected', () => {
    expect(
      complaints({
        LINLI_PORT: '99999',
        LINLI_TZ: 'Asia/Nowhere',
        LINLI_LOG: 'loud',
        LINLI_BACKUP_AT: '25:00',
        LINLI_BACKUP_DAYS: '0',
        LINLI_PACING: 'yes',
        LINLI_SANDBOX_TOKEN: 'geheim',
        LINLI_SANDBOX_SEED: 'full',
        LINLI_SANDBOX_NOW: '2026-11-24 12:00',
        LINLI_SANDBOX_OFFLINE: 'keep',
        LINLI_PROT: '8080',
        PATH: '/usr/bin',
      }),
    ).toEqual([
      'These settings are wrong:',
      '  LINLI_PROT: there is no such setting; .env.example lists them all',
      '  LINLI_PORT: expected a port number from 0 to 65535, found "99999"',
      '  LINLI_TZ: expected a time zone such as Asia/Shanghai, found "Asia/Nowhere"',
      '  LINLI_LOG: expected one of: info, warn, error, silent, found "loud"',
      '  LINLI_BACKUP_AT: expected a time of the day such as 03:00, or off, found "25:00"',
      '  LINLI_BACKUP_DAYS: expected a number from 1 to 366, found "0"',
      '  LINLI_PACING: expected one of: on, off, found "yes"',
      '  LINLI_SANDBOX_TOKEN: expected at least 8 characters',
      '  LINLI_SANDBOX_SEED: expected one of: demo, empty, found "full"',
      '  LINLI_SANDBOX_NOW: expected a time with an offset such as 2026-11-23T19:00:00+08:00, found "2026-11-24 12:00"',
      '  LINLI_SANDBOX_OFFLINE: expected one of: replay, lose, found "keep"',
    ])
  })

  it.each(['-1', '80.5', '0x50', ' 80', '65536', 'http'])('take no port %s', (LINLI_PORT) => {
    expect(complaints({ LINLI_PORT })[1]).toContain('LINLI_PORT: expected a port number')
  })

  it('take no offset for a time zone', () => {
    expect(complaints({ LINLI_TZ: '+08:00' })[1]).toContain('LINLI_TZ')
  })

  it('are all in .env.example, each explained in Chinese and in English', () => {
    const text = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')
    const [, ...blocks] = text.trim().split('\n\n')
    const names = blocks.map((block) => {
      const [chinese = '', english = '', setting = '', ...more] = block.split('\n')
      expect(chinese).toMatch(/^# .*\p{Script=Han}/u)
      expect(english).toMatch(/^# [A-Z][\x20-\x7e]+\.$/)
      expect(more).toEqual([])
      return /^# ([A-Z_]+)=/.exec(setting)?.[1]
    })
    expect([...names].sort()).toEqual([...SETTING_NAMES].sort())
  })

  it('that .env.example shows are right', () => {
    const text = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')
    const shown = Object.fromEntries(
      [...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    )
    expect(complaints(shown)).toEqual([])
  })
})
