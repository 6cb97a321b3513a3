import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { CliError } from './context.ts'

/** The rows of a CSV (UTF-8 or GBK) or XLSX file, as trimmed texts. @throws CliError when it is neither */
export async function readTable(file: string): Promise<string[][]> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    throw new CliError(`The file ${file} cannot be read.`)
  }
  try {
    if (bytes.subarray(0, 2).toString() === 'PK') return (await readSheet(bytes)).map(textCells)
    return parse(decode(bytes), { bom: true, relax_column_count: true, trim: true })
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
