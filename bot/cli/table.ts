import { readFileSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { CliError } from './context.ts'

/** The cells of each line of a CSV (UTF-8 or GBK) or XLSX file. @throws CliError when it is neither */
export async function readTable(file: string): Promise<string[][]> {
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
