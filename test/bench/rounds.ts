import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import { roundById } from '../../db/queries/round.ts'
import type { RoomId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { q } from '../../db/store.ts'
import { sayNext } from '../../handlers/surveys/asking.ts'
import { roundFigures, trend } from '../../handlers/surveys/report.ts'
import { benchEnv, fillCommunity, OPENED, type Size } from './community.ts'

import { latency, type Measured, timed } from './measure.ts'

const LIMIT_MS = 200
const RUNS = 60

/** How fast a large community's rounds are counted. */
export function roundReports(
  folder: string,
  size: Size,
  progress: (text: string) => void,
): Measured[] {
  const started = performance.now()
  fillCommunity(folder, size)
  const seconds = Math.round((performance.now() - started) / 1000)
  progress(`${databasePath(folder)} filled in ${seconds} s`)
  const of = `${size.residents} residents × ${size.rounds} rounds, ${size.percent} % answering`
  const env = benchEnv()
  using db = openDb(folder)
  const round = (n: number) => {
    const row = roundById(db, (1 + (n % size.rounds)) as RoundId)
    if (row === undefined) throw new Error('no round')
    return row
  }
  const answered = roundFigures(db, env, round(0)).answered
  if (answered === 0) throw new Error('nobody answered')

  const newest = roundFigures(db, env, round(size.rounds - 1)).satisfaction?.strict
  if (trend(db, 'satisfaction', 1)[0]?.rate !== newest?.rate) throw new Error('trend is off')
  const reports = timed(RUNS, (n) => roundFigures(db, env, round(n)))
  // In group 1 everybody has answered: the longest look, and nothing to say.
  const missing = timed(RUNS, (n) =>
    db.tx((tx) => {
      const reminder = { at: OPENED, kind: 'reminder', item: n } as const
      sayNext({ tx, now: OPENED, env }, round(n), 1 as RoomId, reminder)
    }),
  )
  if (db.get(q.selectFrom('outbox').select('id')) !== undefined) throw new Error('reminded')
  const trends = timed(5, () => trend(db, 'satisfaction', size.rounds))
  return [
    latency(`round report (${of})`, reports, LIMIT_MS),
    latency('has anybody of a group of 500 not answered (all have)', missing, LIMIT_MS),
    latency(`trend over ${size.rounds} rounds`, trends),
  ]
}
