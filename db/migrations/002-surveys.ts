import type { Migration } from './index.ts'

export const surveys: Migration = {
  name: '002-surveys',
  sql: `
CREATE TABLE round (
  id INTEGER PRIMARY KEY,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  questionnaire TEXT NOT NULL,
  period TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned','open','closing','closed','published','cancelled')),
  mode TEXT NOT NULL CHECK (mode IN ('daily','all')),
  unit TEXT NOT NULL CHECK (unit IN ('person','household')),
  anonymous INTEGER NOT NULL CHECK (anonymous IN (0, 1)),
  hash_key TEXT,
  population INTEGER,
  invited INTEGER NOT NULL DEFAULT 0,
  reached INTEGER NOT NULL DEFAULT 0,
  opens_at TEXT NOT NULL CHECK (opens_at GLOB '????-??-??T??:??:??.???Z'),
  closes_at TEXT NOT NULL CHECK (closes_at GLOB '????-??-??T??:??:??.???Z'),
  final_at TEXT NOT NULL CHECK (final_at GLOB '????-??-??T??:??:??.???Z'),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.???Z'),
  published_at TEXT CHECK (published_at GLOB '????-??-??T??:??:??.???Z'),
  measures TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (survey, period),
  CHECK (hash_key IS NULL OR (anonymous = 1 AND state IN ('planned','open','closing')))
) STRICT;
-- what was promised and asked at the opening stays so
CREATE TRIGGER round_frozen BEFORE UPDATE OF survey, version, questionnaire, unit, anonymous ON round
WHEN old.state <> 'planned' BEGIN SELECT RAISE(ABORT, 'frozen at opening'); END;
-- what is running or waits
CREATE INDEX round_state ON round (state) WHERE state IN ('planned','open','closing','closed');

CREATE TABLE round_room (
  round_id INTEGER NOT NULL REFERENCES round (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  invited INTEGER NOT NULL,
  tally_at TEXT CHECK (tally_at GLOB '????-??-??T??:??:??.???Z'),
  tally_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (round_id, room_id)
) STRICT, WITHOUT ROWID;

-- what was asked or reminded of in a group, in order
CREATE TABLE round_ask (
  id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  kind TEXT NOT NULL CHECK (kind IN ('question','reminder')),
  item INTEGER NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  outbox_id INTEGER REFERENCES outbox (id),
  UNIQUE (round_id, room_id, kind, item)
) STRICT;
CREATE INDEX round_ask_room ON round_ask (room_id, at);

CREATE TABLE respondent (
  id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (id),
  key TEXT NOT NULL,
  resident_id INTEGER REFERENCES resident (id),
  room_id INTEGER REFERENCES room (id),
  building TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL CHECK (channel IN ('group','direct','paper')),
  state TEXT NOT NULL CHECK (state IN ('started','completed','refused')),
  counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  answered INTEGER NOT NULL DEFAULT 0,
  rights INTEGER NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (round_id, key)
) STRICT;
-- how many took part, and how many knew enough
CREATE INDEX respondent_counts ON respondent (round_id, counted, state, answered, rights);
-- who is merged into whom
CREATE INDEX respondent_resident ON respondent (resident_id, round_id) WHERE resident_id IS NOT NULL;

CREATE TABLE answer (
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  item INTEGER NOT NULL,
  round_id INTEGER NOT NULL REFERENCES round (id),
  building TEXT NOT NULL DEFAULT '',
  counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('answer','unsure','skip')),
  value TEXT NOT NULL,
  right INTEGER CHECK (right IN (0, 1)),
  channel TEXT NOT NULL CHECK (channel IN ('group','direct','paper')),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (respondent_id, item)
) STRICT, WITHOUT ROWID;
-- the distribution of every item, by building, from the index alone
CREATE INDEX answer_distribution ON answer (round_id, counted, item, kind, value, right, building);

CREATE TABLE answer_history (
  id INTEGER PRIMARY KEY,
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  item INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  channel TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  replaced_at TEXT NOT NULL CHECK (replaced_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
`,
}
