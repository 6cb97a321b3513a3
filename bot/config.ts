import { resolve } from 'node:path'
import { z } from 'zod'
import { contentRoot } from '../content/load.ts'
import { type Instant, toInstant, toZone, type Zone } from '../content/time.ts'

/** Settings that are wrong, all of them; the message has a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

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

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port number from 0 to 65535')
  .transform(Number)
  .refine((n) => n <= 65_535, 'expected a port number from 0 to 65535')
const instant = readBy(
  (text): Instant => toInstant(text),
  'a time with an offset such as 2026-11-23T19:00:00+08:00',
)
const zone = readBy((text): Zone => toZone(text), 'a time zone such as Asia/Shanghai')
const folder = z
  .string()
  .min(1, 'expected a folder')
  .transform((path) => resolve(path))
const token = z.string().min(8, 'expected at least 8 characters')

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `expected one of: ${values.join(', ')}`)
}

/** Every setting there is; `.env.example` says what each is for. */
const settings = z.object({
  LINLI_DATA: folder.default(resolve('data')),
  LINLI_CONTENT: folder.default(contentRoot()),
  LINLI_PORT: port.default(8080),
  LINLI_HOST: z.string().min(1, 'expected a host name or address').default('127.0.0.1'),
  LINLI_TZ: zone.default('Asia/Shanghai' as Zone),
  LINLI_LOG: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LINLI_PACING: oneOf(['on', 'off']).optional(),
  LINLI_SANDBOX_TOKEN: token.optional(),
  LINLI_SANDBOX_SEED: oneOf(['demo', 'empty']).default('demo'),
  LINLI_SANDBOX_NOW: instant.optional(),
  LINLI_SANDBOX_OFFLINE: oneOf(['replay', 'lose']).default('lose'),
  WECHATY_PUPPET: z.string().min(1, 'expected the name of a puppet').default('sandbox'),
})

export interface Config {
  readonly data: string
  readonly content: string
  readonly port: number
  readonly host: string
  readonly zone: Zone
  readonly log: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly pacing: boolean
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
    Object.entries(environment).filter(([name, value]) => name in settings.shape && value !== ''),
  )
  const known = new Set(Object.keys(settings.shape))
  const strangers = Object.keys(environment).filter((n) => n.startsWith('LINLI_') && !known.has(n))
  const read = settings.safeParse(given)
  const wrong = [
    ...strangers.map((name) => `  ${name}: there is no such setting`),
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
      zone: s.LINLI_TZ,
      log: s.LINLI_LOG,
      pacing: (s.LINLI_PACING ?? (s.WECHATY_PUPPET === 'sandbox' ? 'off' : 'on')) === 'on',
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

/** The environment of this process: the only place that looks at it. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env
}
