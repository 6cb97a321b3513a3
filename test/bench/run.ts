import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answersPerSecond } from './answers.ts'
import { consolePages } from './console.ts'
import { table } from './measure.ts'
import { roundReports } from './rounds.ts'

/** `npm run bench`, or `npm run bench -- RESIDENTS ROUNDS` for a smaller community: measures, and prints one table. */

const [residents = 100_000, rounds = 36] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'))
try {
  const lines = [
    answersPerSecond(folder, 3000),
    ...roundReports(join(folder, 'rounds'), { residents, rounds, percent: 25 }, (text) =>
      process.stderr.write(`${text}\n`),
    ),
    ...(await consolePages(join(folder, 'console'))),
  ]
  process.stdout.write(table(lines))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
