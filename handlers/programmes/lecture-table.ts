import { type Phrase, phrase } from '../../content/i18n.ts'
import { type LocalDate, mondayOf, toLocalDate } from '../../content/time.ts'

export interface LectureEntry {
  /** Any day of the week of the lecture. */
  readonly date: LocalDate
  readonly topic: string
  readonly speaker: string
}

export interface TableProblem {
  /** 1 is the first line of the table. */
  readonly line: number
  readonly message: Phrase
}

const DATE = /^(?:日期|时间|date)$/i
const TOPIC = /^(?:题目|主题|内容|课题|topic)$/i
const SPEAKER = /^(?:老师|讲师|主讲人?|讲课人|speaker)$/i
const MAX_WORDS = 100

/**
 * Reads a lecture plan from a table whose first line names the columns date, topic and speaker, in Chinese or English,
 * in any order. Empty lines are left out. Every problem is reported with its line; a week has one lecture.
 */
export function readLectureTable(table: readonly (readonly string[])[]): {
  readonly rows: readonly LectureEntry[]
  readonly problems: readonly TableProblem[]
} {
  const [head = [], ...body] = table
  const column = (name: RegExp) =>
    head.findIndex((cell) => name.test(cell.replace(/^\uFEFF/, '').trim()))
  const [date, topic, speaker] = [column(DATE), column(TOPIC), column(SPEAKER)]
  if (date < 0 || topic < 0 || speaker < 0) {
    const message = phrase('programmes.table.columns')
    return { rows: [], problems: [{ line: 1, message }] }
  }
  const rows: LectureEntry[] = []
  const problems: TableProblem[] = []
  const lineOf = new Map<LocalDate, number>()
  for (const [i, cells] of body.entries()) {
    const line = i + 2
    if (cells.every((cell) => cell.trim() === '')) continue
    const entry = readEntry(cells[date] ?? '', cells[topic] ?? '', cells[speaker] ?? '')
    const other = 'key' in entry ? undefined : lineOf.get(mondayOf(entry.date))
    if ('key' in entry) problems.push({ line, message: entry })
    else if (other !== undefined) {
      const message = phrase('programmes.table.twice', { date: entry.date, line: other })
      problems.push({ line, message })
    } else {
      lineOf.set(mondayOf(entry.date), line)
      rows.push(entry)
    }
  }
  return { rows, problems }
}

/** An entry, or what is wrong with it. */
function readEntry(
  dateCell: string,
  topicCell: string,
  speakerCell: string,
): LectureEntry | Phrase {
  const date = readDate(dateCell)
  const topic = topicCell.trim()
  const speaker = speakerCell.trim()
  if (date === undefined) return phrase('programmes.table.date', { found: dateCell })
  if (topic === '') return phrase('programmes.table.topic')
  if (topic.length + speaker.length > MAX_WORDS) {
    return phrase('programmes.table.long', { max: MAX_WORDS })
  }
  return { date, topic, speaker }
}

function readDate(text: string): LocalDate | undefined {
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text.trim())
  if (parts === null) return undefined
  const [, year = '', month = '', day = ''] = parts
  try {
    return toLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  } catch {
    return undefined
  }
}
