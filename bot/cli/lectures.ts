import { readFileSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse/sync'
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
  const { programmes } = envOf(config).content
  if (!programmes.some((p) => p.id === options.programme && p.lectures)) {
    const known = programmes.filter((p) => p.lectures).map((p) => p.id)
    throw new CliError(
      `There is no programme "${options.programme}" with a lecture plan; those that have one: ${known.join(', ')}.`,
    )
  }
  const { rows, problems } = readLectureTable(await readTable(file))
  if (problems.length > 0) {
    const lines = problems.map((p) => `  line ${p.line}: ${p.message}`)
    throw new CliError(`${file} was not imported:\n${lines.join('\n')}`)
  }
  if (options.dryRun !== true) withWork((work) => save(work, options.programme, rows))
  for (const row of rows) say(`${row.date}  ${row.topic}  ${row.speaker}`)
  say(`Lectures ${options.dryRun === true ? 'read, none saved' : 'saved'}: ${rows.length}`)
}

function save(work: Work, programme: string, rows: readonly LectureEntry[]): void {
  for (const row of rows) planLecture(work, undefined, { programme, ...row })
}

/** The cells of each line; @throws CliError */
async function readTable(file: string): Promise<string[][]> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    throw new CliError(`The file ${file} cannot be read.`)
  }
  try {
    const isSheet = bytes.subarray(0, 2).toString() === 'PK'
    return isSheet ? (await readSheet(bytes)).map(textCells) : readCsv(decode(bytes))
  } catch (error) {
    const why = error instanceof CsvError ? ` (${error.message})` : ''
    throw new CliError(`The file ${file} is neither a CSV nor an XLSX table${why}.`)
  }
}

/** Empty rows stand for the further lines of a row that takes several: a row's place is its line. */
function readCsv(text: string): string[][] {
  const table: string[][] = []
  let lines = 0
  const records = parse(text, { relax_column_count: true, info: true }) as unknown as {
    readonly record: string[]
    readonly info: { readonly lines: number }
  }[]
  for (const { record, info } of records) {
    while (table.length < lines) table.push([])
    table.push(textCells(record))
    lines = info.lines
  }
  return table
}

/** Spreadsheet programs in China still save CSV as GBK. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** A spreadsheet's dates come as midnight in UTC; a cell of several lines becomes one. */
function textCells(row: readonly unknown[]): string[] {
  return row.map((cell) => {
    if (cell === null || cell === undefined) return ''
    if (typeof cell === 'object' && 'toISOString' in cell) return JSON.stringify(cell).slice(1, 11)
    return String(cell).replace(/\s+/g, ' ').trim()
  })
}
