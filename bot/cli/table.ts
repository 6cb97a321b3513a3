import { readFileSync } from 'node:fs'
import { readTable as read, TableError } from '../../content/table.ts'
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
    return await read(bytes)
  } catch (error) {
    const why = error instanceof TableError && error.message !== '' ? ` (${error.message})` : ''
    throw new CliError(`The file ${file} is neither a CSV nor an XLSX table${why}.`)
  }
}
