import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { plus } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { roundById } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { answerTable, toCsv, trendTable } from '../../handlers/surveys/export.ts'
import { paperAnswers, recordPaper } from '../../handlers/surveys/paper.ts'
import { countsMiddle, roundFigures, trend } from '../../handlers/surveys/report.ts'
import { CliError, envOf, say, settings, withWork } from './context.ts'
import { readTable } from './table.ts'

/** So many rounds make the trend, two years of them. */
const TREND = 24

/**
 * `linli survey export ROUND`: the figures and the trend up to this round as JSON, every answer without names as CSV,
 * or the trend alone as CSV. Works while the bot runs.
 */
export function exportRound(no: string, options: { format: string; out?: string }): void {
  const { format } = options
  if (format !== 'json' && format !== 'csv' && format !== 'trend') {
    throw new CliError(`--format must be json, csv or trend, not "${format}".`)
  }
  const { config } = settings()
  const path = databasePath(config.data)
  if (!existsSync(path)) throw new CliError(`There is no database yet in ${config.data}.`)
  const env = envOf(config)
  using db = openReadOnly(path)
  const round = roundById(db, Number(no) as RoundId)
  if (round === undefined) throw new CliError(`There is no survey round ${no}.`)
  if (round.state === 'open' || round.state === 'closing') {
    throw new CliError(`Round ${no} is still running; its results can be seen when it has ended.`)
  }
  const countMiddle = countsMiddle(env, round)
  const before = plus(round.opens_at, { milliseconds: 1 })
  const points = trend(db, round.survey, TREND, { countMiddle, before })
  const text = {
    json: () => `${JSON.stringify({ ...roundFigures(db, env, round), trend: points }, null, 2)}\n`,
    csv: () => toCsv(answerTable(db, env, round, 'zh-CN')),
    trend: () => toCsv(trendTable(points)),
  }[format]()
  if (options.out === undefined) process.stdout.write(text)
  else {
    writeFileSync(resolve(options.out), text, { mode: 0o600 })
    say(`Written: ${resolve(options.out)}`)
  }
}

/** `linli survey import ROUND FILE`: paper forms, a line each: its number, then an answer for each question. All or none. */
export async function importPaper(no: string, file: string): Promise<void> {
  const table = await readTable(file)
  const saved = withWork((work) => {
    const round = roundById(work.tx, Number(no) as RoundId)
    if (round === undefined) throw new CliError(`There is no survey round ${no}.`)
    const { forms, problems } = paperAnswers(round, table)
    if (problems.length > 0) {
      const lines = problems.map((p) => `  line ${p.line}, column ${p.column}: ${p.message}`)
      throw new CliError(`${file} was not imported, nothing is saved:\n${lines.join('\n')}`)
    }
    if (forms.length === 0) throw new CliError(`${file} has no forms.`)
    if (!recordPaper(work, round, forms)) {
      throw new CliError(`Round ${no} takes no answers any more.`)
    }
    return forms.length
  })
  say(`${saved} paper forms saved.`)
}
