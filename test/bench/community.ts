import Sqlite from 'better-sqlite3'
import { systemRandom } from '../../bot/random.ts'
import { currentSurvey } from '../../content/survey-schema.ts'
import { type Instant, plus, toInstant, type Zone } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import type { Env } from '../../handlers/core/feature.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { demoContent } from '../support/content.ts'

export const OPENED: Instant = toInstant('2026-11-05T09:30:00+08:00')
const ROOM_SIZE = 500

export interface Size {
  readonly residents: number
  readonly rounds: number
  /** How many of a hundred residents answer each round. */
  readonly percent: number
}

export function benchEnv(commands: Env['commands'] = []): Env {
  const zone = 'Asia/Shanghai' as Zone
  return createEnv({ files: demoContent(), zone, random: systemRandom, commands })
}

/**
 * Makes a database with residents in groups of 500 (room 1 and so on, session 1, people p1 and so on) and ended
 * rounds of 满意度调查, one a month, with every item answered by a share of the residents, and by all of group 1.
 */
export function fillCommunity(folder: string, size: Size): void {
  openDb(folder).close()
  const db = new Sqlite(databasePath(folder))
  try {
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = OFF')
    db.pragma('cache_size = -200000')
    db.transaction(() => fillPeople(db, size))()
    for (let no = 1; no <= size.rounds; no++) db.transaction(() => fillRound(db, size, no))()
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

function fillPeople(db: Sqlite.Database, { residents }: Size): void {
  const rooms = Math.ceil(residents / ROOM_SIZE)
  const places = demoContent().community.places.filter((place) => place.kind === 'building')
  const n = (below: string) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${below})`
  const at = `'${OPENED}'`
  db.exec(`
CREATE TEMP TABLE building (no INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO login_session (id, puppet, self_id, started_at) VALUES (1, 'bench', 'bot', ${at});
${n(`${rooms}`)}
INSERT INTO room (id, topic, kind, lang, enabled, enabled_at, created_at)
  SELECT i, 'group ' || i, 'residents', 'zh-CN', 1, ${at}, ${at} FROM n;
INSERT INTO room_binding (session_id, platform_id, room_id, basis, bound_at)
  SELECT 1, 'r' || id, id, 'seed', ${at} FROM room;`)
  const insert = db.prepare('INSERT INTO building (id) VALUES (?)')
  for (const place of places) insert.run(place.id)
  db.exec(`
${n(`${residents}`)}
INSERT INTO resident (id, name, role, home, home_room, created_at)
  SELECT i, 'resident ' || i, 'resident', b.id, CAST(i AS TEXT), ${at}
  FROM n JOIN building b ON b.no = 1 + i % ${places.length};
INSERT INTO resident_binding (session_id, platform_id, resident_id, basis, confirmed_at, bound_at)
  SELECT 1, 'p' || id, id, 'seed', ${at}, ${at} FROM resident;
INSERT INTO membership (room_id, session_id, platform_id, alias, joined_at)
  SELECT 1 + (id - 1) / ${ROOM_SIZE}, 1, 'p' || id, name, ${at} FROM resident;`)
}

function fillRound(db: Sqlite.Database, { residents, rounds, percent }: Size, no: number): void {
  const survey = currentSurvey(demoContent().surveys, 'satisfaction')
  const opens = plus(OPENED, { days: -30 * (rounds + 1 - no) })
  const closes = plus(opens, { days: 10 })
  db.prepare(
    `INSERT INTO round (id, survey, version, questionnaire, period, state, mode, unit, anonymous, population, invited,
       opens_at, closes_at, final_at, closed_at, created_at)
     VALUES (:no, 'satisfaction', 1, :survey, :period, 'closed', 'daily', 'person', 0, :residents, :residents,
       :opens, :closes, :closes, :closes, :opens)`,
  ).run({ no, survey: JSON.stringify(survey), period: `month ${no}`, residents, opens, closes })
  db.prepare(
    `INSERT INTO round_room (round_id, room_id, invited) SELECT ?, id, ${ROOM_SIZE} FROM room`,
  ).run(no)
  const chance = (of: string) => `(abs(random() % 1000003) + ${of}) % 100`
  db.prepare(
    `INSERT INTO respondent (round_id, key, resident_id, room_id, building, channel, state, answered, started_at,
       updated_at)
     SELECT :no, 'r:' || id, id, 1 + (id - 1) / ${ROOM_SIZE}, home, 'group', 'completed', 8, :opens, :opens
     FROM resident WHERE id <= ${ROOM_SIZE} OR ${chance('id')} < :percent`,
  ).run({ no, opens, percent })
  db.prepare(
    `WITH item(i) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7)),
       given AS MATERIALIZED (
         SELECT p.id, p.building, item.i, ${chance('p.id')} AS c
         FROM respondent p CROSS JOIN item WHERE p.round_id = :no)
     INSERT INTO answer (respondent_id, item, round_id, building, kind, value, channel, at)
     SELECT id, i, :no, building, iif(c < 5, 'unsure', 'answer'),
       CASE WHEN c < 5 THEN '' WHEN c < 40 THEN '5' WHEN c < 75 THEN '4' WHEN c < 90 THEN '3'
         WHEN c < 96 THEN '2' ELSE '1' END,
       'group', :opens
     FROM given`,
  ).run({ no, opens })
}
