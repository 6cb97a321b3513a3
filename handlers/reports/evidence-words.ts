import type {
  MEDIATION_HOWS,
  MEDIATION_OUTCOMES,
  MEDIATION_PARTIES,
  MeasurementTable,
} from '../../db/schema-reports.ts'
import { parseNumeral } from '../core/text/numerals.ts'

/** What staff write of a talk or a measurement, as the ledger keeps it. Pure. */

type How = (typeof MEDIATION_HOWS)[number]
type Party = (typeof MEDIATION_PARTIES)[number]
type Outcome = (typeof MEDIATION_OUTCOMES)[number]
type Words<T> = readonly (readonly [pattern: RegExp, means: T])[]

const HOWS: Words<How> = [
  [/电话|打过去|call|phone/u, 'phone'],
  [/微信|群里|私信|短信|chat/u, 'chat'],
  [/开会|会上|座谈|约谈|协调会|调解室|meeting/u, 'meeting'],
  [/书面|告知书|通知书|整改单|贴条|张贴|letter/u, 'letter'],
  [/上门|到场|现场|当面|入户|去了|visit/u, 'visit'],
]

const PARTIES: Words<Party> = [
  [/双方|两家|两户|都在场|both/u, 'both'],
  [/商户|商家|店[主家里]|老板|餐馆|饭店|工地|施工队|business/u, 'business'],
  [/物业|保洁|property/u, 'property'],
  [/反映人|投诉人|reporter/u, 'reporter'],
]

/** Refusals first: 不同意 is no agreement, 没停 is no stop. */
const OUTCOMES: Words<Outcome> = [
  [/没人|不在家|无人|没开门|敲门不开|没接|absent/u, 'absent'],
  [
    /不听|不配合|拒绝|不同意|不肯|不答应|不承认|无效|没停|没有停|未停|还在|没谈成|未达成|没达成|refused/u,
    'refused',
  ],
  [/达成|协议|和解|谈妥|说好了|一致|agreed/u, 'agreed'],
  [/已停|停[了止工]|搬走了|关了|收了|清了|stopped/u, 'stopped'],
  [/答应|承诺|保证|同意|愿意|会改|整改|promised/u, 'promised'],
  [/不再|不[弄搞吵敲钻跳唱]了/u, 'stopped'],
]

export interface MediationWords {
  readonly how: How
  readonly party: Party
  readonly outcome: Outcome
}

/** How, with whom, and how it ended; a visit to the other side unless said otherwise, the end is never guessed. */
export function mediationOf(text: string): MediationWords | undefined {
  const outcome = first(OUTCOMES, text)
  if (outcome === undefined) return undefined
  return { how: first(HOWS, text) ?? 'visit', party: first(PARTIES, text) ?? 'source', outcome }
}

function first<T>(words: Words<T>, text: string): T | undefined {
  return words.find(([pattern]) => pattern.test(text))?.[1]
}

export interface MeasurementWords {
  readonly level: number
  readonly period?: MeasurementTable['period']
  readonly instrument: MeasurementTable['instrument']
  readonly minutes?: number
}

const MINUTES = /(\d{1,4}|[一二两三四五六七八九十]{1,3}|半)\s*(分钟|分|min|个?小时|h)(?![贝a-z])/u

/** `63 夜间 手机 5分钟`: the level comes first or with its unit; a phone unless a meter is named. */
export function measurementOf(text: string): MeasurementWords | undefined {
  const timed = MINUTES.exec(text)
  const rest = timed === null ? text : text.replace(timed[0], ' ')
  const number =
    /(\d{1,3}(?:\.\d)?)\s*(?:分贝|db)/u.exec(rest)?.[1] ??
    /^\s*(\d{1,3}(?:\.\d{1,2})?)(?![\d:.点]|\s*[号楼栋门单])/u.exec(rest)?.[1]
  if (number === undefined) return undefined
  const period = /夜|晚|凌晨|半夜/u.test(rest)
    ? 'night'
    : /白天|昼|日间|day/u.test(rest)
      ? 'day'
      : undefined
  const minutes = timed === null ? undefined : minutesOf(timed[1] ?? '', timed[2] ?? '')
  return {
    level: Number(number),
    instrument: /声级计|仪器|分贝仪|噪声计|噪音计|专业|meter/u.test(rest) ? 'meter' : 'phone',
    ...(period !== undefined && { period }),
    ...(minutes !== undefined && { minutes }),
  }
}

function minutesOf(number: string, unit: string): number | undefined {
  const isHours = /时|h/u.test(unit)
  const value = number === '半' ? 0.5 : parseNumeral(number)
  return value === undefined ? undefined : Math.round(isHours ? value * 60 : value)
}

/** What was promised ends with its clause: 答应明天白天再干 says nothing of when the talk was. */
const PROMISE = /(?:答应|承诺|保证|同意|愿意|改[到成为在]|以后|今后)[^\s,，。;；、]*/gu
const MINUTES_SAID = /(?:\d+|[一二两三四五六七八九十]+|半)\s*个?(?:分钟|小时)/gu

/** The words in which staff may say when it was. */
export function timeWords(words: string): string {
  return words.replace(PROMISE, ' ').replace(MINUTES_SAID, ' ')
}

/** Whether a time that was found names a day or a clock, and not just a part of the day: 夜间 alone is a period. */
export function isDated(time: string): boolean {
  return /[点时刻号周]|日(?!间)|星期|礼拜|\d|[昨今前明]|后天|刚才|刚刚|day\b/u.test(time)
}
