import pino from 'pino'
import type { Logger } from '../handlers/core/ports.ts'
import type { Config } from './config.ts'

/** Places in the code that are kept of an error, innermost first. */
const FRAMES = 3

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
  const { name, message, stack = '' } = value
  const code = 'code' in value ? String(value.code) : ''
  // The stack begins with the message, and a line of that may look like a place.
  const start = stack.indexOf(message)
  const trace = start < 0 ? '' : stack.slice(start + message.length)
  const places = trace.matchAll(/^ +(at .+)$/gm)
  return [name, code, ...[...places].slice(0, FRAMES).map(([, place]) => place)]
    .filter((part) => part !== '')
    .join(' ')
}

/** Writes one JSON object a line to standard error, or to `out`. */
export function createLogger(
  level: Config['log'],
  out: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, out)
  return {
    info: (event, fields) => log.info(plain(fields), event),
    warn: (event, fields) => log.warn(plain(fields), event),
    error: (event, fields) => log.error(plain(fields), event),
  }
}
