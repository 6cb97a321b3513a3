import type { Migration } from './index.ts'

const instant = (column: string) => `CHECK (${column} GLOB '????-??-??T??:??:??.???Z')`
const day = (column: string) => `CHECK (${column} GLOB '????-??-??')`
const clock = (column: string) => `CHECK (${column} GLOB '??:??')`

export const init: Migration = {
  name: '001-init',
  sql: `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at TEXT NOT NULL ${instant('updated_at')}
) STRICT;

CREATE TABLE resident (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('resident','partner','steward','staff','owner')),
  beat TEXT,
  home TEXT,
  home_room TEXT,
  home_confirmed_at TEXT ${instant('home_confirmed_at')},
  lang TEXT CHECK (lang IN ('zh-CN','zh-TW','en')),
  pin_hash TEXT,
  merged_into INTEGER REFERENCES resident (id),
  noticed_at TEXT ${instant('noticed_at')},
  created_at TEXT NOT NULL ${instant('created_at')}
) STRICT;

CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('residents','staff')),
  place TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  lang TEXT NOT NULL CHECK (lang IN ('zh-CN','zh-TW','en')),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  enabled_at TEXT ${instant('enabled_at')},
  created_at TEXT NOT NULL ${instant('created_at')}
) STRICT;

CREATE TABLE login_session (
  id INTEGER PRIMARY KEY,
  puppet TEXT NOT NULL,
  self_id TEXT NOT NULL,
  started_at TEXT NOT NULL ${instant('started_at')},
  UNIQUE (puppet, self_id)
) STRICT;

CREATE TABLE resident_binding (
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  basis TEXT NOT NULL CHECK (basis IN ('code','pin','nickname','new','seed')),
  confirmed_at TEXT ${instant('confirmed_at')},
  bound_at TEXT NOT NULL ${instant('bound_at')},
  PRIMARY KEY (session_id, platform_id)
) STRICT, WITHOUT ROWID;
-- where to send what reaches a resident personally
CREATE INDEX resident_binding_resident ON resident_binding (resident_id, session_id);

CREATE TABLE room_binding (
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  basis TEXT NOT NULL CHECK (basis IN ('code','members','seed')),
  bound_at TEXT NOT NULL ${instant('bound_at')},
  PRIMARY KEY (session_id, platform_id),
  UNIQUE (session_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  room_id INTEGER NOT NULL REFERENCES room (id),
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  joined_at TEXT NOT NULL ${instant('joined_at')},
  left_at TEXT ${instant('left_at')},
  PRIMARY KEY (room_id, session_id, platform_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE greeted (
  room_id INTEGER NOT NULL REFERENCES room (id),
  alias TEXT NOT NULL,
  at TEXT NOT NULL ${instant('at')},
  PRIMARY KEY (room_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE processed_message (
  key TEXT PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  content_hash TEXT NOT NULL,
  at TEXT NOT NULL ${instant('at')}
) STRICT, WITHOUT ROWID;
-- recognises a replay under another id after a new login
CREATE INDEX processed_message_content ON processed_message (content_hash);
-- retention
CREATE INDEX processed_message_at ON processed_message (at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  room_id INTEGER REFERENCES room (id),
  resident_id INTEGER REFERENCES resident (id),
  priority TEXT NOT NULL CHECK (priority IN ('urgent','reply','notice')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued','sending','sent','unknown','failed','expired')),
  not_before_at TEXT NOT NULL ${instant('not_before_at')},
  expires_at TEXT ${instant('expires_at')},
  attempts INTEGER NOT NULL DEFAULT 0,
  claimed_at TEXT ${instant('claimed_at')},
  settled_at TEXT ${instant('settled_at')},
  reason TEXT,
  platform_message_id TEXT,
  created_at TEXT NOT NULL ${instant('created_at')},
  CHECK ((room_id IS NULL) <> (resident_id IS NULL))
) STRICT;
-- what waits, what needs somebody, and how much went out today
CREATE INDEX outbox_state ON outbox (state, settled_at);

CREATE TABLE dialogue (
  id INTEGER PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  heard TEXT NOT NULL DEFAULT '[]',
  asks INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT NOT NULL ${instant('expires_at')},
  created_at TEXT NOT NULL ${instant('created_at')},
  UNIQUE (resident_id, place)
) STRICT;

CREATE TABLE opt_out (
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  topic TEXT NOT NULL CHECK (topic IN ('reminders','surveys','all')),
  at TEXT NOT NULL ${instant('at')},
  PRIMARY KEY (resident_id, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('room','staff')),
  grants TEXT NOT NULL,
  created_at TEXT NOT NULL ${instant('created_at')},
  expires_at TEXT NOT NULL ${instant('expires_at')},
  used_at TEXT ${instant('used_at')}
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until_at TEXT ${instant('locked_until_at')}
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL ${instant('at')},
  resident_id INTEGER REFERENCES resident (id),
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL ${instant('at')},
  origin TEXT NOT NULL,
  error TEXT NOT NULL
) STRICT;

CREATE TABLE occurrence (
  id INTEGER PRIMARY KEY,
  programme TEXT NOT NULL,
  scheduled_on TEXT NOT NULL ${day('scheduled_on')},
  held_on TEXT NOT NULL ${day('held_on')},
  start_time TEXT NOT NULL ${clock('start_time')},
  starts_at TEXT NOT NULL ${instant('starts_at')},
  ends_at TEXT NOT NULL ${instant('ends_at')},
  venue TEXT,
  topic TEXT,
  state TEXT NOT NULL CHECK (state IN ('planned','changed','cancelled','held','missed')),
  sequence INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
  by_staff INTEGER NOT NULL DEFAULT 0 CHECK (by_staff IN (0, 1)),
  attendance INTEGER,
  created_at TEXT NOT NULL ${instant('created_at')},
  UNIQUE (programme, scheduled_on)
) STRICT;
-- what happens on a day
CREATE INDEX occurrence_day ON occurrence (held_on, start_time);

CREATE TABLE occurrence_change (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL ${instant('at')},
  resident_id INTEGER REFERENCES resident (id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT,
  UNIQUE (occurrence_id, sequence)
) STRICT;

CREATE TABLE lecture (
  programme TEXT NOT NULL,
  week_on TEXT NOT NULL ${day('week_on')},
  topic TEXT NOT NULL,
  speaker TEXT NOT NULL,
  updated_at TEXT NOT NULL ${instant('updated_at')},
  PRIMARY KEY (programme, week_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  "offset" TEXT NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  due_at TEXT NOT NULL ${instant('due_at')},
  useful_until_at TEXT NOT NULL ${instant('useful_until_at')},
  state TEXT NOT NULL CHECK (state IN ('planned','sent','skipped')),
  reason TEXT CHECK (reason IN ('late','cancelled','in_digest','room_off')),
  outbox_id INTEGER REFERENCES outbox (id),
  settled_at TEXT ${instant('settled_at')},
  UNIQUE (occurrence_id, "offset", room_id),
  CHECK ((state = 'skipped') = (reason IS NOT NULL))
) STRICT;
-- what falls due next
CREATE INDEX reminder_due ON reminder (due_at) WHERE state = 'planned';
-- what was said in one message
CREATE INDEX reminder_outbox ON reminder (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE digest (
  room_id INTEGER NOT NULL REFERENCES room (id),
  on_date TEXT NOT NULL ${day('on_date')},
  state TEXT NOT NULL CHECK (state IN ('sent','skipped')),
  reason TEXT CHECK (reason IN ('late','nothing')),
  outbox_id INTEGER REFERENCES outbox (id),
  at TEXT NOT NULL ${instant('at')},
  PRIMARY KEY (room_id, on_date),
  CHECK ((state = 'skipped') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE told (
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  outbox_id INTEGER NOT NULL REFERENCES outbox (id),
  PRIMARY KEY (occurrence_id, outbox_id)
) STRICT, WITHOUT ROWID;
`,
}
