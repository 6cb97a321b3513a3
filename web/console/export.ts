import { phrase, render } from '../../content/i18n.ts'
import { dateIn, timeIn } from '../../content/time.ts'
import { toCsv } from '../../handlers/surveys/export.ts'
import { Refused } from '../http.ts'
import type { Ctx } from './view.ts'

export type CellValue = string | number | null

/** A list as it goes into a file: the heads of its columns, and its rows. */
export interface Sheet {
  /** Plain letters, part of the file's name. */
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly CellValue[])[]
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The list as the file that `?format=` asks for, xlsx or csv. A cell of words is never a formula: in XLSX by its type,
 * in CSV by a leading apostrophe.
 * @throws Refused 404 for another format
 */
export async function download(c: Ctx, sheet: Sheet): Promise<Response> {
  const view = c.get('view')
  const format = c.req.query('format')
  const { zone } = view.deps.env
  const stamp = `${dateIn(zone, view.now)}-${timeIn(zone, view.now)}`.replace(/[^\d]/g, '')
  const name = `linli-${sheet.name}-${stamp}.${format}`
  if (format === 'csv') return file(c, name, 'text/csv; charset=utf-8', csv(sheet))
  if (format === 'xlsx')
    return file(c, name, XLSX, await xlsx(sheet, render(phrase('console.brand'), view.lang)))
  throw new Refused(404, 'not_found', 'no such format')
}

function file(
  c: Ctx,
  name: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
): Response {
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

function csv({ head, rows }: Sheet): string {
  return toCsv([[...head], ...rows.map((row) => row.map((cell) => String(cell ?? '')))])
}

async function xlsx({ head, rows }: Sheet, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: write } = await import('write-excel-file/node')
  const cell = (value: CellValue) =>
    value === null
      ? null
      : typeof value === 'number'
        ? { value, type: Number }
        : { value, type: String }
  const data = [
    head.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(cell)),
  ]
  const columns = head.map((text, i) => ({
    width: widthOf([text, ...rows.slice(0, 100).map((row) => row[i] ?? '')]),
  }))
  const buffer = await write(data, { columns, sheet: title, stickyRowsCount: 1 }).toBuffer()
  return new Uint8Array(buffer)
}

/** Wide enough for the longest cell, within bounds; a Chinese character takes two. */
function widthOf(cells: readonly CellValue[]): number {
  const widths = cells.map((cell) =>
    [...String(cell)].reduce((n, ch) => n + (ch > '\u2E7F' ? 2 : 1), 0),
  )
  return Math.min(60, Math.max(8, ...widths) + 2)
}
