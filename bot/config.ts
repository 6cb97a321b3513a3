import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { contentRoot } from '../content/load.ts'
import { type Instant, toInstant, toWallTime, toZone, type Zone } from '../content/time.ts'
import type { BackupPlan } from './backups/backups.ts'

/** Settings that are wrong, all of them; the message has a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** A setting that `read` understands; it throws for what it does not. */
function readBy<T>(read: (text: string) => T, expected: string) {
  return z.string().transform((text, ctx): T => {
    try {
      return read(text)
    } catch {
      ctx.addIssue({ code: 'custom', message: `expected ${expected}, found "${text}"` })
      return z.NEVER
    }
  })
}

function refuse(): never {
  throw new RangeError('not a value of this setting')
}

const port = readBy(
  (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : refuse()),
  'a port number from 0 to 65535',
)
const instant = readBy(
  (text): Instant => toInstant(text),
  'a time with an offset such as 2026-11-23T19:00:00+08:00',
)
/** By name, since an offset does not know of summer time. */
const zone = readBy(
  (text): Zone => (/^[A-Za-z]/.test(text) ? toZone(text) : refuse()),
  'a time zone such as Asia/Shanghai',
)
/** Where browsers find the pages: nothing behind the host, since the pages have fixed paths. */
const origin = readBy((text) => {
  const url = new URL(text)
  const bare = url.href === `${url.origin}/`
  return bare && /^https?:$/.test(url.protocol) ? url.origin : refuse()
}, 'an address such as https://linli.example.org, without a path')
const time = readBy(
  (text) => (text === 'off' ? text : toWallTime(text)),
  'a time of the day such as 03:00, or off',
)
function count(least: number, most: number) {
  return readBy(
    (text) =>
      /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most
        ? Number(text)
        : refuse(),
    `a number from ${least} to ${most}`,
  )
}
const folder = z.string().transform((path) => resolve(path))
/** Never shown, so what was found is left out. */
const token = z.string().min(8, 'expected at least 8 characters')

function oneOf<const T extends string>(...values: readonly T[]) {
  return readBy(
    (text) => values.find((value) => value === text) ?? refuse(),
    `one of: ${values.join(', ')}`,
  )
}

/** Every setting there is; `.env.example` says what each is for. */
const settings = z.object({
  LINLI_DATA: folder.default(resolve('data')),
  LINLI_CONTENT: folder
    .refine((path) => existsSync(path), 'expected a folder that is there')
    .default(contentRoot()),
  LINLI_PORT: port.default(8080),
  LINLI_HOST: z.string().default('127.0.0.1'),
  LINLI_PUBLIC_URL: origin.optional(),
  LINLI_TZ: zone.default('Asia/Shanghai' as Zone),
  LINLI_LOG: oneOf('info', 'warn', 'error', 'silent').default('info'),
  LINLI_BACKUP_DIR: folder.optional(),
  LINLI_BACKUP_AT: time.default(toWallTime('03:00')),
  LINLI_BACKUP_DAYS: count(1, 366).default(7),
  LINLI_BACKUP_WEEKS: count(0, 520).default(4),
  LINLI_PACING: oneOf('on', 'off').optional(),
  LINLI_SANDBOX_TOKEN: token.optional(),
  LINLI_SANDBOX_SEED: oneOf('demo', 'empty').default('demo'),
  LINLI_SANDBOX_NOW: instant.optional(),
  LINLI_SANDBOX_OFFLINE: oneOf('replay', 'lose').default('lose'),
  WECHATY_PUPPET: z.string().default('sandbox'),
})

export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape)

export interface Config {
  readonly data: string
  readonly content: string
  readonly port: number
  readonly host: string
  /** Under which browsers reach the pages through a proxy, as an origin: `https://linli.example.org`. */
  readonly publicUrl: string | undefined
  readonly zone: Zone
  readonly log: 'info' | 'warn' | 'error' | 'silent'
  readonly pacing: boolean
  readonly backup: BackupPlan
  readonly puppet: string
  readonly sandbox: {
    readonly seed: 'demo' | 'empty'
    readonly now: Instant | undefined
    readonly offline: 'replay' | 'lose'
  }
}

/** Kept apart from the settings, so that those can be shown. */
export interface Secrets {
  readonly sandboxToken: string | undefined
}

/**
 * Reads the settings from the environment, once. An empty value counts as not set.
 * @throws ConfigError that names every wrong one
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): {
  readonly config: Config
  readonly secrets: Secrets
} {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => isSetting(name) && value !== ''),
  )
  const strangers = Object.keys(environment).filter((n) => n.startsWith('LINLI_') && !isSetting(n))
  const read = settings.safeParse(given)
  const wrong = [
    ...strangers.map((name) => `  ${name}: there is no such setting; .env.example lists them all`),
    ...(read.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
  ]
  if (!read.success || wrong.length > 0) {
    throw new ConfigError(`These settings are wrong:\n${wrong.join('\n')}`)
  }
  const s = read.data
  return {
    config: {
      data: s.LINLI_DATA,
      content: s.LINLI_CONTENT,
      port: s.LINLI_PORT,
      host: s.LINLI_HOST,
      publicUrl: s.LINLI_PUBLIC_URL,
      zone: s.LINLI_TZ,
      log: s.LINLI_LOG,
      pacing: (s.LINLI_PACING ?? (s.WECHATY_PUPPET === 'sandbox' ? 'off' : 'on')) === 'on',
      backup: {
        folder: s.LINLI_BACKUP_DIR ?? join(s.LINLI_DATA, 'backups'),
        at: s.LINLI_BACKUP_AT === 'off' ? undefined : s.LINLI_BACKUP_AT,
        keep: { days: s.LINLI_BACKUP_DAYS, weeks: s.LINLI_BACKUP_WEEKS },
      },
      puppet: s.WECHATY_PUPPET,
      sandbox: {
        seed: s.LINLI_SANDBOX_SEED,
        now: s.LINLI_SANDBOX_NOW,
        offline: s.LINLI_SANDBOX_OFFLINE,
      },
    },
    secrets: { sandboxToken: s.LINLI_SANDBOX_TOKEN },
  }
}

const isSetting = (name: string): boolean => SETTING_NAMES.includes(name)

/**
 * The environment of this process, and what a file `.env` in the folder where it was started adds to it.
 * The only place that looks at either.
 */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}
