import { type Phrase, phrase } from '../../content/i18n.ts'
import type { Instant } from '../../content/time.ts'
import { err, ok, type Result } from '../core/result.ts'
import { fold } from '../core/text/fold.ts'
import type { Audience } from './audience.ts'
import { type Names, readNames } from './names.ts'
import type { Schedule } from './schedule.ts'
import { type Moment, readExpiry, readWhen } from './when.ts'

/** What staff ask for in words: 紧急 给18街坊 明天9点 有效到明天12点 停水… */
export interface Request {
  readonly text: string
  readonly urgent: boolean
  /** Every group of residents when missing. */
  readonly audience?: Audience
  /** At once when missing. */
  readonly schedule?: Schedule
  readonly expires?: Instant
}

type Found = Partial<Omit<Request, 'text'>> & { readonly atOnce?: true }
type Step = { readonly found: Found; readonly length: number } | Phrase | undefined

const URGENT = /^(?:特急|紧急|加急|急)(?:公告|通知)?(?=[\s,:、。!;]|$)/
const AT_ONCE = /^(?:现在|马上|立即|立刻)(?:就?发(?:送|布|出)?)?(?=[\s,:、。!;]|$)/
const TO = /^(?:(?:只|单独)?发?给|(?:只)?发到|发往|面向|@)\s*@?\s*/
/** 定时 明天9点: the word says no more than the time does. */
const TIMED = /^(?:定时|预约|定在|定于)(?:发(?:送|布)?)?[\s:,]*/
const GAP = /^[\s,:、。!;]+/

/** Reads what stands before the text itself, in any order; each part at most once. */
export function readRequest(body: string, names: Names, moment: Moment): Result<Request, Phrase> {
  let rest = body.trim()
  let found: Found = {}
  for (;;) {
    const folded = fold(rest)
    const step = nextStep(folded, found, names, moment)
    if (step === undefined) break
    if ('key' in step) return err(step)
    found = { ...found, ...step.found }
    rest = rest.slice(step.length)
    rest = rest.slice(GAP.exec(fold(rest))?.[0].length ?? 0)
  }
  const { atOnce: _, urgent = false, ...others } = found
  return ok({ text: rest.trim(), urgent, ...others })
}

function nextStep(folded: string, found: Found, names: Names, moment: Moment): Step {
  const urgent = found.urgent === undefined ? URGENT.exec(folded)?.[0] : undefined
  if (urgent !== undefined) return { found: { urgent: true }, length: urgent.length }
  return (
    (found.audience === undefined ? addressees(folded, names) : undefined) ??
    (found.expires === undefined ? expiry(folded, moment) : undefined) ??
    (found.schedule === undefined && !found.atOnce ? time(folded, moment) : undefined)
  )
}

function addressees(folded: string, names: Names): Step {
  const to = TO.exec(folded)?.[0]
  if (to === undefined) return undefined
  const read = readNames(folded.slice(to.length), names)
  if (read === undefined) return undefined
  if ('unknown' in read) return phrase('announcements.error.unknownName', { name: read.unknown })
  return { found: { audience: read.audience }, length: to.length + read.length }
}

function expiry(folded: string, moment: Moment): Step {
  const read = readExpiry(folded, moment)
  return read && { found: { expires: read.expires }, length: read.length }
}

function time(folded: string, moment: Moment): Step {
  const atOnce = AT_ONCE.exec(folded)?.[0]
  if (atOnce !== undefined) return { found: { atOnce: true }, length: atOnce.length }
  const timed = TIMED.exec(folded)?.[0].length ?? 0
  const read = readWhen(folded.slice(timed), moment)
  return read && { found: { schedule: read.schedule }, length: timed + read.length }
}

/** What may have been meant otherwise: a name or 紧急 that is taken for the beginning of the text. */
export function hintOf({ text, urgent, audience }: Request, names: Names): Phrase | undefined {
  const folded = fold(text)
  if (!urgent && /^(?:紧急|加急|特急)/.test(folded)) return phrase('announcements.hint.urgent')
  if (audience !== undefined) return undefined
  const name = /^[^\s,:、。!;]{1,16}(?=[\s,:])/.exec(folded)?.[0] ?? ''
  const named = readNames(`${name} `, names)
  return named !== undefined && 'audience' in named && named.length === name.length
    ? phrase('announcements.hint.only', { name })
    : undefined
}
