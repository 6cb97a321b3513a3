import Sqlite from 'better-sqlite3'
import { databasePath } from '../../db/files.ts'
import { hashPin } from '../../handlers/core/secrets.ts'
import { demoContent } from '../support/content.ts'
import { OPENED } from './community.ts'

/** What a community has filed and announced in a few years, beside its people and rounds. */

export interface Filed {
  readonly cases: number
  readonly announcements: number
  readonly audits: number
}

/** The one who looks at the pages. */
export const OWNER = { name: 'owner', pin: '7391' } as const

/** Every twentieth case is open. */
const OPEN_EVERY = 20
const AT = `'${OPENED}'`
/** Case `i` was filed so many minutes ago: five years for five thousand. */
const WHEN = `strftime('%Y-%m-%dT%H:%M:%S.000Z', ${AT}, '-' || (((SELECT max(i) FROM n) - i) * 500) || ' minutes')`

/** Fills a community that `fillCommunity` has made. */
export function fillDesk(folder: string, filed: Filed): void {
  const db = new Sqlite(databasePath(folder))
  try {
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = OFF')
    db.transaction(() => {
      db.prepare(
        `INSERT INTO resident (name, role, pin_hash, created_at) VALUES (?, 'owner', ?, ${AT})`,
      ).run(OWNER.name, hashPin(OWNER.pin, 'salt'))
      fillCases(db, filed)
      fillAnnouncements(db, filed)
      fillProgrammes(db)
      db.exec(`${count(filed.audits)}
INSERT INTO audit (at, resident_id, action, subject, details)
  SELECT ${AT}, 1, 'case.assign', 'case ' || (1001 + i % ${filed.cases}), '{}' FROM n`)
    })()
    db.exec('ANALYZE')
  } finally {
    db.close()
  }
}

function count(to: number): string {
  return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`
}

function fillCases(db: Sqlite.Database, { cases }: Filed): void {
  const { places } = demoContent().community
  const buildings = places.filter((place) => place.kind === 'building').map(({ id }) => id)
  const place = `json_extract('${JSON.stringify(buildings)}', '$[' || (i % ${buildings.length}) || ']')`
  db.exec(`
${count(cases)}
INSERT INTO report_case (category, subtype, place_id, place_text, state, version, urgent, limits, due_respond_at,
    due_resolve_at, extension_days, extensions, responded_at, closed_at, revisit_result, rating, revisited_at,
    archived_at, reopened, public, created_at)
  SELECT iif(i % 2 = 0, 'noise', 'waste'), iif(i % 2 = 0, 'renovation', 'overflow'), ${place}, 'building ' || (i % 40),
    iif(i % ${OPEN_EVERY} = 0, 'pending', 'archived'), 1, 0, '{}', ${WHEN}, ${WHEN}, 0, 0, ${WHEN}, ${WHEN},
    iif(i % 3 = 0, 'unsolved', 'solved'), 'satisfied', ${WHEN}, ${WHEN}, 0, 0, ${WHEN} FROM n;
INSERT INTO complaint (case_id, reporter, resident_id, words, channel, anonymous, consent, original_case_id, created_at)
  SELECT id, 'r:' || (id % 10000), 1 + id % 10000, '楼上半夜还在装修，电钻声音很大，第' || id || '次了', 'group', 0, 1, id,
    created_at FROM report_case;
INSERT INTO case_event (case_id, at, acting, kind, from_state, to_state, detail, once)
  SELECT c.id, c.created_at, 'system', k.value, NULL, 'pending', '{}', k.value FROM report_case c,
    json_each('["file","accept","assign","start","close","revisit"]') k;
INSERT INTO case_revisit (case_id, at, result, rating, by_reporter)
  SELECT id, revisited_at, revisit_result, rating, 1 FROM report_case WHERE state = 'archived';`)
}

function fillAnnouncements(db: Sqlite.Database, { announcements }: Filed): void {
  db.exec(`
${count(announcements)}
INSERT INTO announcement (state, author_id, text, fingerprint, urgent, audience, rooms, code, code_expires_at, again,
    confirmed_by, confirmed_at, occurrences, last_at, reported, created_at)
  SELECT 'done', 1, '第' || i || '次停水通知，请提前储水', 'f' || i, 0, '{"kind":"all"}',
    (SELECT json_group_array(id) FROM room), '1234', ${AT}, 0, 1, ${AT}, 1, ${AT}, 1, ${AT} FROM n;
INSERT INTO announcement_delivery (announcement_id, occurrence, room_id, created_at)
  SELECT a.id, 1, r.id, ${AT} FROM announcement a CROSS JOIN room r;
INSERT INTO outbox (dedupe_key, room_id, priority, text, state, not_before_at, attempts, settled_at, created_at)
  SELECT 'bench:' || id, room_id, 'notice', '停水通知', iif(id % 1000 = 0, 'failed', 'sent'), ${AT}, 1, ${AT}, ${AT}
  FROM announcement_delivery;
INSERT INTO announcement_part (delivery_id, part, attempt, outbox_id)
  SELECT d.id, 1, 1, o.id FROM announcement_delivery d JOIN outbox o ON o.dedupe_key = 'bench:' || d.id;`)
}

function fillProgrammes(db: Sqlite.Database): void {
  const insert = db.prepare(
    `${count(365)}
INSERT INTO occurrence (programme, scheduled_on, held_on, start_time, starts_at, ends_at, state, created_at)
  SELECT ?, date(${AT}, '-300 days', '+' || i || ' days'), date(${AT}, '-300 days', '+' || i || ' days'), '15:00',
    ${AT}, ${AT}, iif(i < 300, 'held', 'planned'), ${AT} FROM n`,
  )
  for (const { id } of demoContent().programmes) insert.run(id)
}
