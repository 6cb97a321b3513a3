import { render } from '../../content/i18n.ts'
import type { Work } from '../../handlers/core/feature.ts'
import { type LectureEntry, readLectureTable } from '../../handlers/programmes/lecture-table.ts'
import { planLecture } from '../../handlers/programmes/service.ts'
import { CliError, envOf, say, settings, withWork } from './context.ts'
import { readTable } from './table.ts'

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
    const lines = problems.map((p) => `  line ${p.line}: ${render(p.message, 'en')}`)
    throw new CliError(`${file} was not imported:\n${lines.join('\n')}`)
  }
  if (options.dryRun !== true) withWork((work) => save(work, options.programme, rows))
  for (const row of rows) say(`${row.date}  ${row.topic}  ${row.speaker}`)
  say(`Lectures ${options.dryRun === true ? 'read, none saved' : 'saved'}: ${rows.length}`)
}

function save(work: Work, programme: string, rows: readonly LectureEntry[]): void {
  for (const row of rows) planLecture(work, undefined, { programme, ...row })
}
