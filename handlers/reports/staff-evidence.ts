import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { caseById } from '../../db/queries/case.ts'
import type { MeasurementRow } from '../../db/queries/case-evidence.ts'
import type { MediationTable } from '../../db/schema-reports.ts'
import type { Answer, Command, Ctx } from '../core/feature.ts'
import { findWhen } from '../understanding/service.ts'
import { isDated, measurementOf, mediationOf, timeWords } from './evidence-words.ts'
import { measure, mediate } from './ledger.ts'
import { noiseLimit, readingSay } from './noise.ts'
import { caseCommand, type Told } from './staff-grammar.ts'

/** `劝阻 1042 上门 已停工`, `调解 1042 双方 达成一致`, `测量 1042 63 夜间 手机 5分钟`: what the noise law wants proof of. */

type Kind = MediationTable['kind']

function talked(ctx: Ctx, kind: Kind, { id, text, words }: Told): Answer {
  const read = mediationOf(text)
  if (read === undefined) return phrase('cases.mediate.how', { no: id })
  const at = timeOf(ctx, words)
  const changed = mediate(ctx, ctx.who, id, { kind, ...read, note: words, at })
  if (!changed.ok) return changed.error
  return phrase('cases.mediated', { no: id, ...mediationWords({ kind, ...read }) })
}

/** When it was, where the words name a day or a clock; the end of a span. */
function timeOf(ctx: Ctx, words: string) {
  const { zone, calendar } = ctx.env
  const when = findWhen(timeWords(words), ctx.now, zone, calendar)
  if (when === null || when.repeats !== null || !isDated(when.text)) return undefined
  return when.from === when.to || when.to > ctx.now ? when.from : when.to
}

function mediationWords(row: Pick<MediationTable, 'kind' | 'how' | 'party' | 'outcome'>) {
  return {
    kind: phrase(`cases.mediation.kind.${row.kind}`),
    how: phrase(`cases.mediation.how.${row.how}`),
    party: phrase(`cases.mediation.party.${row.party}`),
    outcome: phrase(`cases.mediation.outcome.${row.outcome}`),
  }
}

/** An entry of the ledger in one line. */
export function mediationSay(
  row: Pick<MediationTable, 'kind' | 'how' | 'party' | 'outcome'> & { readonly by_name: string },
  at: Phrase,
): Say {
  return phrase('cases.card.mediation', { at, name: row.by_name, ...mediationWords(row) })
}

export function measurementSay(row: MeasurementRow, at: Phrase): Say {
  const key = row.exceeded === 1 ? 'cases.card.measuredOver' : 'cases.card.measured'
  return phrase(key, {
    at,
    instrument: phrase(`reports.noise.${row.instrument}`),
    db: row.level / 10,
    period: phrase(`reports.noise.${row.period}`),
    limit: row.limit_level / 10,
  })
}

function measured(ctx: Ctx, { id, text, words }: Told): Answer {
  const read = measurementOf(text)
  if (read === undefined) return phrase('cases.measure.how', { no: id })
  const { noiseRules } = ctx.env.content
  const at = timeOf(ctx, words)
  const held = noiseLimit(at ?? ctx.now, noiseRules, ctx.env.zone)
  const period = read.period ?? held.period
  const limit = { ...held, period, limit: noiseRules.area[period] }
  const changed = measure(ctx, ctx.who, id, {
    level: read.level,
    instrument: read.instrument,
    minutes: read.minutes,
    period,
    limit: limit.limit,
    point: caseById(ctx.tx, id)?.place_text ?? '',
    at,
  })
  if (!changed.ok) return changed.error
  return [phrase('cases.measured', { no: id }), readingSay(read.level, limit, read.instrument)]
}

const dissuade = caseCommand({
  name: 'dissuade',
  role: 'handler',
  verbs: '劝阻|劝说|已劝阻',
  run: (ctx, told) => talked(ctx, 'dissuasion', told),
})

const settle = caseCommand({
  name: 'mediate',
  role: 'handler',
  verbs: '调解|已调解|协调',
  run: (ctx, told) => talked(ctx, 'mediation', told),
})

const notify = caseCommand({
  name: 'rectify',
  role: 'handler',
  verbs: '整改通知|发整改通知|整改',
  run: (ctx, told) => talked(ctx, 'notice', { ...told, text: `${told.text} 书面` }),
})

const gauge = caseCommand({
  name: 'measure',
  role: 'handler',
  verbs: '测量|测得|实测|测',
  run: (ctx, told) => measured(ctx, told),
})

export const evidenceCommands: readonly Command[] = [dissuade, settle, notify, gauge]
