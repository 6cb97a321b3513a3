import type { Migration } from './index.ts'

export const reports: Migration = {
  name: '003-reports',
  sql: `
CREATE TABLE report_case (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  category TEXT NOT NULL,
  subtype TEXT NOT NULL,
  place_id TEXT,
  place_text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending','accepted','assigned','working','returned','reopened','done','revisited','archived','rejected','merged','withdrawn','transferred')),
  version INTEGER NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  happened_from_at TEXT CHECK (happened_from_at GLOB '????-??-??T??:??:??.???Z'),
  happened_to_at TEXT CHECK (happened_to_at GLOB '????-??-??T??:??:??.???Z'),
  repeats TEXT CHECK (repeats IN ('daily','weekdays','weekends','weekly')),
  assignee_id INTEGER REFERENCES resident (id),
  limits TEXT NOT NULL,
  due_respond_at TEXT NOT NULL CHECK (due_respond_at GLOB '????-??-??T??:??:??.???Z'),
  due_resolve_at TEXT NOT NULL CHECK (due_resolve_at GLOB '????-??-??T??:??:??.???Z'),
  alarm_at TEXT CHECK (alarm_at GLOB '????-??-??T??:??:??.???Z'),
  extension_days INTEGER NOT NULL,
  extensions INTEGER NOT NULL,
  responded_at TEXT CHECK (responded_at GLOB '????-??-??T??:??:??.???Z'),
  supervised_at TEXT CHECK (supervised_at GLOB '????-??-??T??:??:??.???Z'),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.???Z'),
  revisit_result TEXT CHECK (revisit_result IN ('solved','unsolved','unreached')),
  rating TEXT CHECK (rating IN ('satisfied','basically','dissatisfied')),
  revisited_at TEXT CHECK (revisited_at GLOB '????-??-??T??:??:??.???Z'),
  archived_at TEXT CHECK (archived_at GLOB '????-??-??T??:??:??.???Z'),
  merged_into INTEGER REFERENCES report_case (id),
  transferred_to TEXT,
  reopened INTEGER NOT NULL,
  reopened_at TEXT CHECK (reopened_at GLOB '????-??-??T??:??:??.???Z'),
  public INTEGER NOT NULL CHECK (public IN (0, 1)),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (merged_into IS NOT id)
) STRICT;
-- numbers begin at 1001
INSERT INTO sqlite_sequence (name, seq) VALUES ('report_case', 1000);
-- the queue, and what is due
CREATE INDEX report_case_open ON report_case (due_resolve_at)
WHERE state IN ('pending','accepted','assigned','working','returned','reopened');
-- what must be raised next
CREATE INDEX report_case_alarm ON report_case (alarm_at) WHERE alarm_at IS NOT NULL;
-- whether somebody reported the same before
CREATE INDEX report_case_same ON report_case (category, created_at);
-- 响应率
CREATE INDEX report_case_respond ON report_case (due_respond_at, category);
CREATE INDEX report_case_merged ON report_case (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX report_case_assignee ON report_case (assignee_id) WHERE assignee_id IS NOT NULL;

CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  reporter TEXT NOT NULL,
  resident_id INTEGER REFERENCES resident (id),
  words TEXT NOT NULL,
  effect TEXT,
  prior TEXT,
  place_words TEXT,
  level INTEGER,
  channel TEXT NOT NULL CHECK (channel IN ('group','direct','staff','console','page')),
  room_id INTEGER REFERENCES room (id),
  anonymous INTEGER NOT NULL CHECK (anonymous IN (0, 1)),
  consent INTEGER NOT NULL CHECK (consent IN (0, 1)),
  original_case_id INTEGER NOT NULL REFERENCES report_case (id),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (case_id, reporter)
) STRICT;
-- 我的反映
CREATE INDEX complaint_resident ON complaint (resident_id) WHERE resident_id IS NOT NULL;
-- taking a merge back
CREATE INDEX complaint_original ON complaint (original_case_id);

CREATE TABLE complaint_addition (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  words TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX complaint_addition_complaint ON complaint_addition (complaint_id);

CREATE TABLE case_event (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  acting TEXT NOT NULL CHECK (acting IN ('staff','steward','handler','reporter','neighbour','system')),
  resident_id INTEGER REFERENCES resident (id),
  kind TEXT NOT NULL,
  from_state TEXT CHECK (from_state IN ('pending','accepted','assigned','working','returned','reopened','done','revisited','archived','rejected','merged','withdrawn','transferred')),
  to_state TEXT NOT NULL CHECK (to_state IN ('pending','accepted','assigned','working','returned','reopened','done','revisited','archived','rejected','merged','withdrawn','transferred')),
  public_note TEXT,
  internal_note TEXT,
  detail TEXT NOT NULL,
  once TEXT NOT NULL,
  CHECK (resident_id IS NULL OR acting IN ('staff','steward','handler')),
  UNIQUE (case_id, once)
) STRICT;
-- what was done is not done differently later
CREATE TRIGGER case_event_kept BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'events stay'); END;
CREATE TRIGGER case_event_fixed BEFORE UPDATE OF case_id, at, kind, from_state, to_state, once ON case_event
BEGIN SELECT RAISE(ABORT, 'events stay'); END;

CREATE TABLE case_pause (
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  from_at TEXT NOT NULL CHECK (from_at GLOB '????-??-??T??:??:??.???Z'),
  to_at TEXT CHECK (to_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (case_id, from_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_revisit (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  result TEXT NOT NULL CHECK (result IN ('solved','unsolved','unreached')),
  rating TEXT CHECK (rating IN ('satisfied','basically','dissatisfied')),
  by_reporter INTEGER NOT NULL CHECK (by_reporter IN (0, 1))
) STRICT;
-- 解决率, 满意率
CREATE INDEX case_revisit_at ON case_revisit (at);
CREATE INDEX case_revisit_case ON case_revisit (case_id);

CREATE TABLE mediation (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  kind TEXT NOT NULL CHECK (kind IN ('dissuasion','mediation','notice')),
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  how TEXT NOT NULL CHECK (how IN ('visit','phone','chat','meeting','letter')),
  party TEXT NOT NULL CHECK (party IN ('source','reporter','both','business','property')),
  outcome TEXT NOT NULL CHECK (outcome IN ('stopped','promised','agreed','refused','absent')),
  note TEXT,
  recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX mediation_case ON mediation (case_id, at);

CREATE TABLE measurement (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 2000),
  instrument TEXT NOT NULL CHECK (instrument IN ('phone','meter')),
  minutes INTEGER,
  point TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period IN ('day','night')),
  limit_level INTEGER NOT NULL,
  exceeded INTEGER NOT NULL CHECK (exceeded IN (0, 1)),
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX measurement_case ON measurement (case_id, at);

CREATE TABLE case_photo (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  complaint_id INTEGER REFERENCES complaint (id),
  stage TEXT NOT NULL CHECK (stage IN ('report','closing')),
  hash TEXT NOT NULL,
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (case_id, stage, hash)
) STRICT;
`,
}
