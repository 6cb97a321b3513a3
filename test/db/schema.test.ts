import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Selectable } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openMemoryDb } from '../../db/open.ts'
import {
  type Database,
  LANGUAGES,
  OCCURRENCE_STATES,
  OUTBOX_STATES,
  REMINDER_STATES,
  ROLES,
  SKIP_REASONS,
  TOPICS,
} from '../../db/schema.ts'
import { ANNOUNCEMENT_STATES, RECALL_STATES, REPEATS_EVERY } from '../../db/schema-announcements.ts'
import {
  ACTING,
  CASE_STATES,
  MEDIATION_HOWS,
  MEDIATION_KINDS,
  MEDIATION_OUTCOMES,
  MEDIATION_PARTIES,
  RATINGS,
  REPEATS,
  REPORT_CHANNELS,
  REVISIT_RESULTS,
} from '../../db/schema-reports.ts'
import { SIGN_UP_ENDS, SIGN_UP_STATES, SIGN_UP_WAYS } from '../../db/schema-signups.ts'
import { ROUND_STATES } from '../../db/schema-surveys.ts'
import { COLUMNS } from './columns.ts'
import { rows } from './support.ts'

const db = openMemoryDb()

/** Without the search index, which has no columns of ours. */
const tables = rows(
  db,
  `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`,
).filter(({ name }) => !String(name).startsWith('sqlite_'))
const tableNames = tables.map(({ name }) => String(name))

/** The CHECK lists of the database: `table.column` and the words that it takes. */
function checkLists(): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const row of rows(db, `SELECT name, sql FROM sqlite_schema WHERE type = 'table'`)) {
    const checks = String(row['sql']).matchAll(/CHECK \("?(\w+)"? IN \(('[^)]*)\)\)/g)
    for (const [, column, list = ''] of checks) {
      found[`${row['name']}.${column}`] = list.split(',').map((word) => word.trim().slice(1, -1))
    }
  }
  return found
}

/** The words of a column's type, all of them: the compiler sees to that. */
function words<T extends keyof Database, C extends keyof Selectable<Database[T]> & string>(
  table: T,
  column: C,
  all: Record<NonNullable<Selectable<Database[T]>[C]> & string, true>,
): [string, string[]] {
  return [`${table}.${column}`, Object.keys(all)]
}

const WORDS = Object.fromEntries<readonly string[]>([
  ['resident.role', ROLES],
  ['resident.lang', LANGUAGES],
  ['room.lang', LANGUAGES],
  ['outbox.state', OUTBOX_STATES],
  ['occurrence.state', OCCURRENCE_STATES],
  ['reminder.state', REMINDER_STATES],
  ['reminder.reason', SKIP_REASONS],
  ['opt_out.topic', TOPICS],
  words('room', 'kind', { residents: true, staff: true }),
  words('web_session', 'stage', { code: true, in: true }),
  words('resident_binding', 'basis', {
    code: true,
    pin: true,
    nickname: true,
    new: true,
    seed: true,
  }),
  words('room_binding', 'basis', { code: true, members: true, seed: true }),
  words('outbox', 'priority', { urgent: true, reply: true, notice: true }),
  words('code', 'purpose', { room: true, staff: true }),
  words('digest', 'state', { sent: true, skipped: true }),
  words('digest', 'reason', { late: true, nothing: true }),
  ['report_case.state', CASE_STATES],
  ['report_case.repeats', REPEATS],
  ['report_case.revisit_result', REVISIT_RESULTS],
  ['report_case.rating', RATINGS],
  ['complaint.channel', REPORT_CHANNELS],
  ['case_event.acting', ACTING],
  ['case_event.from_state', CASE_STATES],
  ['case_event.to_state', CASE_STATES],
  ['case_revisit.result', REVISIT_RESULTS],
  ['case_revisit.rating', RATINGS],
  ['mediation.kind', MEDIATION_KINDS],
  ['mediation.how', MEDIATION_HOWS],
  ['mediation.party', MEDIATION_PARTIES],
  ['mediation.outcome', MEDIATION_OUTCOMES],
  words('measurement', 'instrument', { phone: true, meter: true }),
  words('measurement', 'period', { day: true, night: true }),
  words('case_photo', 'stage', { report: true, closing: true }),
  ['announcement.state', ANNOUNCEMENT_STATES],
  ['announcement.repeats', REPEATS_EVERY],
  ['announcement_recall.state', RECALL_STATES],
  words('announcement_delivery', 'skipped', { room_off: true, late: true }),
  ['round.state', ROUND_STATES],
  words('round', 'mode', { daily: true, all: true }),
  words('round', 'unit', { person: true, household: true }),
  words('round_ask', 'kind', { question: true, reminder: true }),
  words('respondent', 'channel', { group: true, direct: true, paper: true }),
  words('respondent', 'state', { started: true, completed: true, refused: true }),
  ['sign_up.state', SIGN_UP_STATES],
  ['sign_up.via', SIGN_UP_WAYS],
  ['sign_up.ended', SIGN_UP_ENDS],
  words('answer', 'kind', { answer: true, unsure: true, skip: true }),
  words('answer', 'channel', { group: true, direct: true, paper: true }),
])

describe('the schema', () => {
  it('has the tables and columns that the program is typed with', () => {
    const found = Object.fromEntries(
      tableNames
        .filter((name) => name !== 'migration')
        .map((name) => [
          name,
          Object.fromEntries(
            rows(db, `PRAGMA table_info(${name})`).map((column) => [
              column['name'],
              `${column['type']}${column['notnull'] || column['pk'] ? '' : '?'}`,
            ]),
          ),
        ]),
    )
    expect(found).toEqual(COLUMNS)
  })

  it('is strict about types', () => {
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([])
  })

  it('takes exactly the words that the types name', () => {
    expect(checkLists()).toEqual(WORDS)
  })

  it('has no key with a column that may be NULL: NULLs are never the same', () => {
    const open = tableNames.flatMap((table) => {
      const columns = new Map(
        rows(db, `PRAGMA table_info(${table})`).map((c) => [c['name'], c['notnull'] === 1]),
      )
      return rows(db, `PRAGMA index_list(${table})`)
        .filter((index) => index['unique'] === 1)
        .flatMap((index) => rows(db, `PRAGMA index_info('${index['name']}')`))
        .filter(({ name }) => columns.get(name) !== true)
        .map(({ name }) => `${table}.${name}`)
    })
    expect(open).toEqual([])
  })

  it('checks the form of every moment, day and wall clock', () => {
    const unchecked = rows(db, `SELECT name, sql FROM sqlite_schema WHERE type = 'table'`).flatMap(
      ({ name, sql }) =>
        rows(db, `PRAGMA table_info(${name})`)
          .map((column) => String(column['name']))
          .filter((column) => /(^|_)(at|on|time|date)$/.test(column) && name !== 'migration')
          .filter((column) => !String(sql).includes(`CHECK (${column} GLOB '`))
          .map((column) => `${name}.${column}`),
    )
    expect(unchecked).toEqual([])
  })

  it('is written down in db/schema.sql (npm run schema writes it)', () => {
    const written = readFileSync(join(import.meta.dirname, '../../db/schema.sql'), 'utf8')
    expect(written).toBe(db.schemaText())
  })
})
