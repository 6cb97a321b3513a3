import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { roundById } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { answerTable, toCsv } from '../../handlers/surveys/export.ts'
import { paperAnswers, recordPaper } from '../../handlers/surveys/paper.ts'
import { roundFigures } from '../../handlers/surveys/report.ts'
import { CliError, envOf, say, settings, withWork } from './context.ts'

/** `linli survey export ROUND`: the figures as JSON, or every answer without names as CSV. Works while the bot runs. */
export function exportRound(no: string, options: { format: string; out?: string }): void {
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
  if (options.format !== 'json' && options.format !== 'csv') {
    throw new CliError(`--format must be json or csv, not "${options.format}".`)
  }
  const text =
    options.format === 'json'
      ? `${JSON.stringify(roundFigures(db, env, round), null, 2)}\n`
      : toCsv(answerTable(db, env, round, 'zh-CN'))
  if (options.out === undefined) process.stdout.write(text)
  else {
    writeFileSync(resolve(options.out), text, { mode: 0o600 })
    say(`Written: ${resolve(options.out)}`)
  }
}

/** `linli survey import ROUND FILE`: paper forms, a line each: the form's number and an answer for each question. */
export function importPaper(no: string, file: string): void {
  let bytes: string
  try {
    bytes = readFileSync(file, 'utf8')
  } catch {
    throw new CliError(`The file ${file} cannot be read.`)
  }
  let table: string[][]
  try {
    table = parse(bytes, { bom: true, relax_column_count: true, trim: true })
  } catch {
    throw new CliError(`The file ${file} is no CSV table.`)
  }
  const saved = withWork((work) => {
    const round = roundById(work.tx, Number(no) as RoundId)
    if (round === undefined) throw new CliError(`There is no survey round ${no}.`)
    const { forms, problems } = paperAnswers(round, table)
    if (problems.length > 0) {
      const lines = problems.map((p) => `  line ${p.line}: ${p.message}`)
      throw new CliError(`${file} was not imported:\n${lines.join('\n')}`)
    }
    if (!recordPaper(work, round, forms)) {
      throw new CliError(`Round ${no} takes no answers any more.`)
    }
    return forms.length
  })
  say(`${saved} paper forms saved.`)
}
