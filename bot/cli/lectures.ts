import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import type { Work } from '../../handlers/core/feature.ts'
import { type LectureEntry, readLectureTable } from '../../handlers/programmes/lecture-table.ts'
import { planLecture } from '../../handlers/programmes/service.ts'
import { CliError, envOf, say, settings, withWork } from './context.ts'

/** `linli lectures import FILE`: all rows or none. */
export async function importLectures(
  file: string,
  options: { programme: string; dryRun?: boolean },
): Promise<void> {
  const { config } = settings()
  const programme = envOf(config).content.programmes.find((p) => p.id === options.programme)
  if (programme?.lectures !== true) {
    throw new CliError(`There is no programme "${options.programme}" with a lecture plan.`)
  }
  const { rows, problems } = readLectureTable(await readTable(file))
  if (problems.length > 0) {
    const lines = problems.map((p) => `  line ${p.line}: ${p.message}`)
    throw new CliError(`${file} was not imported:\n${lines.join('\n')}`)
  }
  if (options.dryRun !== true) withWork((work) => save(work, options.programme, rows))
  for (const row of rows) say(`${row.date}  ${row.topic}  ${row.speaker}`)
  say(`${rows.length} lectures ${options.dryRun === true ? 'read, none saved' : 'saved'}.`)
}

function save(work: Work, programme: string, rows: readonly LectureEntry[]): void {
  for (const row of rows) planLecture(work, undefined, { programme, ...row })
}

async function readTable(file: string): Promise<string[][]> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    throw new CliError(`The file ${file} cannot be read.`)
  }
  try {
    if (bytes.subarray(0, 2).toString() === 'PK') return (await readSheet(bytes)).map(textCells)
    return parse(decode(bytes), { relax_column_count: true, trim: true })
  } catch {
    throw new CliError(`The file ${file} is neither a CSV nor an XLSX table.`)
  }
}

/** Spreadsheet programs in China still save CSV as GBK. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** A spreadsheet's dates come as midnight in UTC. */
function textCells(row: readonly unknown[]): string[] {
  return row.map((cell) => {
    if (cell === null || cell === undefined) return ''
    if (typeof cell === 'object' && 'toISOString' in cell) return JSON.stringify(cell).slice(1, 11)
    return String(cell).trim()
  })
}
