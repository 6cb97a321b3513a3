import { CsvError, parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'

/** The bytes are no table; the message says what is wrong where that is known. */
export class TableError extends Error {
  override readonly name = 'TableError'
}

/** The cells of each line of a CSV (UTF-8 or GBK) or XLSX file. @throws TableError when it is neither */
export async function readTable(bytes: Buffer): Promise<string[][]> {
  try {
    const isSheet = bytes.subarray(0, 2).toString() === 'PK'
    return isSheet ? (await readSheet(bytes)).map(textCells) : readCsv(decode(bytes))
  } catch (error) {
    throw new TableError(error instanceof CsvError ? error.message : '', { cause: error })
  }
}

/** Empty rows stand for the further lines of a row that takes several: a row's place is its line. */
function readCsv(text: string): string[][] {
  const table: string[][] = []
  let lines = 0
  const options = { delimiter: delimiterOf(text), relax_column_count: true, info: true } as const
  const records = parse(text, options) as unknown as {
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

/** Some spreadsheet programs part cells with semicolons or tabs: without any comma, what stands in every line does it. */
function delimiterOf(text: string): string {
  if (text.includes(',')) return ','
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return [';', '\t'].find((sign) => lines.every((line) => line.includes(sign))) ?? ','
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
