import pino from 'pino'
import type { Logger } from '../handlers/core/ports.ts'
import type { Config } from './config.ts'

/** Only plain facts pass: no object whose fields nobody has looked at, and of an error its name and place alone. */
function plain(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) kept[name] = value
    else if (value !== undefined && value !== null) kept[name] = describe(value)
  }
  return kept
}

/** An error's message may quote what somebody wrote or a secret; its name, code and place in the code do not. */
function describe(value: unknown): string {
  if (!(value instanceof Error)) return typeof value
  const code = 'code' in value ? ` ${String(value.code)}` : ''
  const frames = value.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return `${value.name}${code} ${frames
    .slice(0, 3)
    .map((line) => line.trim())
    .join(' ')}`
}

/** Writes one JSON object a line to standard error. */
export function createLogger(level: Config['log']): Logger {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
  return {
    info: (event, fields) => log.info(plain(fields), event),
    warn: (event, fields) => log.warn(plain(fields), event),
    error: (event, fields) => log.error(plain(fields), event),
  }
}
