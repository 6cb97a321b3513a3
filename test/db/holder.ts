import type { Instant } from '../../content/time.ts'
import { openDb } from '../../db/open.ts'
import { q } from '../../db/store.ts'

/** A process of its own that holds the data folder named on its command line, as a running bot does, and keeps writing. */
const db = openDb(process.argv[2] ?? '')
const updated_at = '2026-11-24T04:00:00.000Z' as Instant
let n = 0

function write(): void {
  const row = { name: `held${n++}`, value: 'x'.repeat(1000), updated_at }
  db.tx((tx) => tx.run(q.insertInto('setting').values(row)))
}

write()
process.stdout.write('ready\n')
setInterval(write, 1)
