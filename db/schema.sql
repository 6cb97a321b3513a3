CREATE VIEW case_text (rowid, text) AS
SELECT t.id * 8 + 0, t.place_text FROM report_case t WHERE t.place_text IS NOT NULL
UNION ALL SELECT t.id * 8 + 1, concat_ws(char(10), t.words, t.effect, t.prior, t.place_words) FROM complaint t WHERE concat_ws(char(10), t.words, t.effect, t.prior, t.place_words) IS NOT NULL
UNION ALL SELECT t.id * 8 + 2, t.words FROM complaint_addition t WHERE t.words IS NOT NULL
UNION ALL SELECT t.id * 8 + 3, t.public_note FROM case_event t WHERE t.public_note IS NOT NULL
UNION ALL SELECT t.id * 8 + 4, t.internal_note FROM case_event t WHERE t.internal_note IS NOT NULL
UNION ALL SELECT t.id * 8 + 5, t.note FROM mediation t WHERE t.note IS NOT NULL;

CREATE TRIGGER case_event_fixed BEFORE UPDATE OF case_id, at, kind, from_state, to_state, once ON case_event
BEGIN SELECT RAISE(ABORT, 'events stay'); END;

CREATE TRIGGER case_event_kept BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'events stay'); END;

CREATE TRIGGER case_search_0_changed AFTER UPDATE OF place_text ON report_case
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 0, old.place_text WHERE old.place_text IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 0, new.place_text WHERE new.place_text IS NOT NULL; END;

CREATE TRIGGER case_search_0_gone AFTER DELETE ON report_case
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 0, old.place_text WHERE old.place_text IS NOT NULL; END;

CREATE TRIGGER case_search_0_new AFTER INSERT ON report_case
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 0, new.place_text WHERE new.place_text IS NOT NULL; END;

CREATE TRIGGER case_search_1_changed AFTER UPDATE OF words, effect, prior, place_words ON complaint
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 1, concat_ws(char(10), old.words, old.effect, old.prior, old.place_words) WHERE concat_ws(char(10), old.words, old.effect, old.prior, old.place_words) IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 1, concat_ws(char(10), new.words, new.effect, new.prior, new.place_words) WHERE concat_ws(char(10), new.words, new.effect, new.prior, new.place_words) IS NOT NULL; END;

CREATE TRIGGER case_search_1_gone AFTER DELETE ON complaint
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 1, concat_ws(char(10), old.words, old.effect, old.prior, old.place_words) WHERE concat_ws(char(10), old.words, old.effect, old.prior, old.place_words) IS NOT NULL; END;

CREATE TRIGGER case_search_1_new AFTER INSERT ON complaint
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 1, concat_ws(char(10), new.words, new.effect, new.prior, new.place_words) WHERE concat_ws(char(10), new.words, new.effect, new.prior, new.place_words) IS NOT NULL; END;

CREATE TRIGGER case_search_2_changed AFTER UPDATE OF words ON complaint_addition
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 2, old.words WHERE old.words IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 2, new.words WHERE new.words IS NOT NULL; END;

CREATE TRIGGER case_search_2_gone AFTER DELETE ON complaint_addition
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 2, old.words WHERE old.words IS NOT NULL; END;

CREATE TRIGGER case_search_2_new AFTER INSERT ON complaint_addition
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 2, new.words WHERE new.words IS NOT NULL; END;

CREATE TRIGGER case_search_3_changed AFTER UPDATE OF public_note ON case_event
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 3, old.public_note WHERE old.public_note IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 3, new.public_note WHERE new.public_note IS NOT NULL; END;

CREATE TRIGGER case_search_3_gone AFTER DELETE ON case_event
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 3, old.public_note WHERE old.public_note IS NOT NULL; END;

CREATE TRIGGER case_search_3_new AFTER INSERT ON case_event
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 3, new.public_note WHERE new.public_note IS NOT NULL; END;

CREATE TRIGGER case_search_4_changed AFTER UPDATE OF internal_note ON case_event
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 4, old.internal_note WHERE old.internal_note IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 4, new.internal_note WHERE new.internal_note IS NOT NULL; END;

CREATE TRIGGER case_search_4_gone AFTER DELETE ON case_event
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 4, old.internal_note WHERE old.internal_note IS NOT NULL; END;

CREATE TRIGGER case_search_4_new AFTER INSERT ON case_event
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 4, new.internal_note WHERE new.internal_note IS NOT NULL; END;

CREATE TRIGGER case_search_5_changed AFTER UPDATE OF note ON mediation
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 5, old.note WHERE old.note IS NOT NULL; INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 5, new.note WHERE new.note IS NOT NULL; END;

CREATE TRIGGER case_search_5_gone AFTER DELETE ON mediation
BEGIN INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', old.id * 8 + 5, old.note WHERE old.note IS NOT NULL; END;

CREATE TRIGGER case_search_5_new AFTER INSERT ON mediation
BEGIN INSERT INTO case_search (rowid, text) SELECT new.id * 8 + 5, new.note WHERE new.note IS NOT NULL; END;

CREATE TRIGGER round_frozen BEFORE UPDATE OF survey, version, questionnaire, unit, anonymous, population, invited, count_middle ON round
WHEN old.state <> 'planned' BEGIN SELECT RAISE(ABORT, 'frozen at opening'); END;

CREATE TABLE announcement (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('draft','awaiting_approval','queued','done','cancelled','expired')),
  author_id INTEGER NOT NULL REFERENCES resident (id),
  origin_room_id INTEGER REFERENCES room (id),
  text TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  audience TEXT NOT NULL,
  rooms TEXT NOT NULL,
  send_at TEXT CHECK (send_at GLOB '????-??-??T??:??:??.???Z'),
  repeats TEXT CHECK (repeats IN ('daily','weekly','monthly')),
  until_on TEXT CHECK (until_on GLOB '????-??-??'),
  expires_at TEXT CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  code TEXT NOT NULL,
  code_expires_at TEXT NOT NULL CHECK (code_expires_at GLOB '????-??-??T??:??:??.???Z'),
  again INTEGER NOT NULL CHECK (again IN (0, 1)),
  confirmed_by INTEGER REFERENCES resident (id),
  confirmed_at TEXT CHECK (confirmed_at GLOB '????-??-??T??:??:??.???Z'),
  approved_by INTEGER REFERENCES resident (id),
  occurrences INTEGER NOT NULL DEFAULT 0,
  next_at TEXT CHECK (next_at GLOB '????-??-??T??:??:??.???Z'),
  last_at TEXT CHECK (last_at GLOB '????-??-??T??:??:??.???Z'),
  reported INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK (repeats IS NULL OR (send_at IS NOT NULL AND until_on IS NOT NULL))
) STRICT;

CREATE TABLE announcement_delivery (
  id INTEGER PRIMARY KEY,
  announcement_id INTEGER NOT NULL REFERENCES announcement (id),
  occurrence INTEGER NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  skipped TEXT CHECK (skipped IN ('room_off','late')),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (announcement_id, occurrence, room_id)
) STRICT;

CREATE TABLE "announcement_file" (
  announcement_id INTEGER NOT NULL REFERENCES announcement (id),
  position INTEGER NOT NULL,
  hash TEXT NOT NULL, name TEXT,
  PRIMARY KEY (announcement_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_part (
  delivery_id INTEGER NOT NULL REFERENCES announcement_delivery (id),
  part INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  outbox_id INTEGER NOT NULL UNIQUE REFERENCES outbox (id),
  PRIMARY KEY (delivery_id, part, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_recall (
  outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
  state TEXT NOT NULL CHECK (state IN ('asked','recalled','failed')),
  asked_by INTEGER NOT NULL REFERENCES resident (id),
  asked_at TEXT NOT NULL CHECK (asked_at GLOB '????-??-??T??:??:??.???Z'),
  settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

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

CREATE TABLE attempt (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until_at TEXT CHECK (locked_until_at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  resident_id INTEGER REFERENCES resident (id),
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;

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

CREATE TABLE case_pause (
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  from_at TEXT NOT NULL CHECK (from_at GLOB '????-??-??T??:??:??.???Z'),
  to_at TEXT CHECK (to_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (case_id, from_at)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE case_revisit (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES report_case (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  result TEXT NOT NULL CHECK (result IN ('solved','unsolved','unreached')),
  rating TEXT CHECK (rating IN ('satisfied','basically','dissatisfied')),
  by_reporter INTEGER NOT NULL CHECK (by_reporter IN (0, 1))
) STRICT;

CREATE VIRTUAL TABLE case_search USING fts5 (text, content = 'case_text', tokenize = 'trigram');

CREATE TABLE chain (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  names TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE changed_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??.???Z'),
  resident_id INTEGER REFERENCES resident (id)
) STRICT;

CREATE TABLE code (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('room','staff')),
  grants TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

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

CREATE TABLE complaint_addition (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id),
  words TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE dialogue (
  id INTEGER PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  heard TEXT NOT NULL DEFAULT '[]',
  asks INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (resident_id, place)
) STRICT;

CREATE TABLE digest (
  room_id INTEGER NOT NULL REFERENCES room (id),
  on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN ('sent','skipped')),
  reason TEXT CHECK (reason IN ('late','nothing')),
  outbox_id INTEGER REFERENCES outbox (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (room_id, on_date),
  CHECK ((state = 'skipped') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE greeted (
  room_id INTEGER NOT NULL REFERENCES room (id),
  alias TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (room_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  origin TEXT NOT NULL,
  error TEXT NOT NULL
) STRICT;

CREATE TABLE lecture (
  programme TEXT NOT NULL,
  week_on TEXT NOT NULL CHECK (week_on GLOB '????-??-??'),
  topic TEXT NOT NULL,
  speaker TEXT NOT NULL,
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (programme, week_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE login_session (
  id INTEGER PRIMARY KEY,
  puppet TEXT NOT NULL,
  self_id TEXT NOT NULL,
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (puppet, self_id)
) STRICT;

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

CREATE TABLE membership (
  room_id INTEGER NOT NULL REFERENCES room (id),
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  joined_at TEXT NOT NULL CHECK (joined_at GLOB '????-??-??T??:??:??.???Z'),
  left_at TEXT CHECK (left_at GLOB '????-??-??T??:??:??.???Z'), away_from_at TEXT CHECK (away_from_at GLOB '????-??-??T??:??:??.???Z'), back_at TEXT CHECK (back_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (room_id, session_id, platform_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT;

CREATE TABLE occurrence (
  id INTEGER PRIMARY KEY,
  programme TEXT NOT NULL,
  scheduled_on TEXT NOT NULL CHECK (scheduled_on GLOB '????-??-??'),
  held_on TEXT NOT NULL CHECK (held_on GLOB '????-??-??'),
  start_time TEXT NOT NULL CHECK (start_time GLOB '??:??'),
  starts_at TEXT NOT NULL CHECK (starts_at GLOB '????-??-??T??:??:??.???Z'),
  ends_at TEXT NOT NULL CHECK (ends_at GLOB '????-??-??T??:??:??.???Z'),
  venue TEXT,
  topic TEXT,
  state TEXT NOT NULL CHECK (state IN ('planned','changed','cancelled','held','missed')),
  sequence INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
  by_staff INTEGER NOT NULL DEFAULT 0 CHECK (by_staff IN (0, 1)),
  attendance INTEGER,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'), code TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', asked_at TEXT CHECK (asked_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (programme, scheduled_on)
) STRICT;

CREATE TABLE occurrence_change (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  resident_id INTEGER REFERENCES resident (id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT,
  UNIQUE (occurrence_id, sequence)
) STRICT;

CREATE TABLE opt_out (
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  topic TEXT NOT NULL CHECK (topic IN ('reminders','surveys','all')),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (resident_id, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  dedupe_key TEXT NOT NULL UNIQUE,
  room_id INTEGER REFERENCES room (id),
  resident_id INTEGER REFERENCES resident (id),
  priority TEXT NOT NULL CHECK (priority IN ('urgent','reply','notice')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued','sending','sent','unknown','failed','expired')),
  not_before_at TEXT NOT NULL CHECK (not_before_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  attempts INTEGER NOT NULL DEFAULT 0,
  claimed_at TEXT CHECK (claimed_at GLOB '????-??-??T??:??:??.???Z'),
  settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??.???Z'),
  reason TEXT,
  platform_message_id TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((room_id IS NULL) <> (resident_id IS NULL))
) STRICT;

CREATE TABLE "outbox_file" (
  outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
  hash TEXT NOT NULL
, name TEXT) STRICT;

CREATE TABLE processed_message (
  key TEXT PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  content_hash TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  "offset" TEXT NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  due_at TEXT NOT NULL CHECK (due_at GLOB '????-??-??T??:??:??.???Z'),
  useful_until_at TEXT NOT NULL CHECK (useful_until_at GLOB '????-??-??T??:??:??.???Z'),
  state TEXT NOT NULL CHECK (state IN ('planned','sent','skipped')),
  reason TEXT CHECK (reason IN ('late','cancelled','in_digest','room_off')),
  outbox_id INTEGER REFERENCES outbox (id),
  settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (occurrence_id, "offset", room_id),
  CHECK ((state = 'skipped') = (reason IS NOT NULL))
) STRICT;

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

CREATE TABLE resident (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('resident','partner','steward','staff','owner')),
  beat TEXT,
  home TEXT,
  home_room TEXT,
  home_confirmed_at TEXT CHECK (home_confirmed_at GLOB '????-??-??T??:??:??.???Z'),
  lang TEXT CHECK (lang IN ('zh-CN','zh-TW','en')),
  pin_hash TEXT,
  merged_into INTEGER REFERENCES resident (id),
  noticed_at TEXT CHECK (noticed_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE resident_binding (
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  basis TEXT NOT NULL CHECK (basis IN ('code','pin','nickname','new','seed')),
  confirmed_at TEXT CHECK (confirmed_at GLOB '????-??-??T??:??:??.???Z'),
  bound_at TEXT NOT NULL CHECK (bound_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (session_id, platform_id)
) STRICT, WITHOUT ROWID;

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
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'), invited INTEGER NOT NULL DEFAULT 1 CHECK (invited IN (0, 1)),
  UNIQUE (round_id, key)
) STRICT;

CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('residents','staff')),
  place TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  lang TEXT NOT NULL CHECK (lang IN ('zh-CN','zh-TW','en')),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  enabled_at TEXT CHECK (enabled_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE room_binding (
  session_id INTEGER NOT NULL REFERENCES login_session (id),
  platform_id TEXT NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  basis TEXT NOT NULL CHECK (basis IN ('code','members','seed')),
  bound_at TEXT NOT NULL CHECK (bound_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (session_id, platform_id),
  UNIQUE (session_id, room_id)
) STRICT, WITHOUT ROWID;

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
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'), count_middle INTEGER CHECK (count_middle IN (0, 1)), beside INTEGER, confirm_code TEXT, confirm_until_at TEXT CHECK (confirm_until_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (survey, period),
  CHECK (hash_key IS NULL OR (anonymous = 1 AND state IN ('planned','open','closing')))
) STRICT;

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

CREATE TABLE round_home (
  round_id INTEGER NOT NULL REFERENCES round (id),
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (round_id, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_room (
  round_id INTEGER NOT NULL REFERENCES round (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  invited INTEGER NOT NULL,
  tally_at TEXT CHECK (tally_at GLOB '????-??-??T??:??:??.???Z'),
  tally_count INTEGER NOT NULL DEFAULT 0, answered INTEGER,
  PRIMARY KEY (round_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE sign_in_code (
  hash TEXT PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE sign_up (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  party TEXT NOT NULL,
  resident_id INTEGER REFERENCES resident (id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  via TEXT NOT NULL CHECK (via IN ('chat','chain','phone','door')),
  room_id INTEGER REFERENCES room (id),
  state TEXT NOT NULL CHECK (state IN ('taken','offered','waiting','lapsed','cancelled')),
  ended TEXT CHECK (ended IN ('self','staff','list','merged')),
  seat INTEGER NOT NULL DEFAULT 0 CHECK (seat >= 0),
  turn INTEGER NOT NULL,
  offer_until_at TEXT CHECK (offer_until_at GLOB '????-??-??T??:??:??.???Z'),
  arrived_at TEXT CHECK (arrived_at GLOB '????-??-??T??:??:??.???Z'),
  reminded_at TEXT CHECK (reminded_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (occurrence_id, party),
  CHECK ((seat > 0) = (state = 'taken' OR state = 'offered')),
  CHECK ((offer_until_at IS NOT NULL) = (state = 'offered')),
  CHECK ((ended IS NOT NULL) = (state = 'cancelled'))
) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE told (
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  outbox_id INTEGER NOT NULL REFERENCES outbox (id),
  PRIMARY KEY (occurrence_id, outbox_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE web_session (
  token_hash TEXT PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  stage TEXT NOT NULL CHECK (stage IN ('code','in')),
  csrf TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE INDEX announcement_fingerprint ON announcement (fingerprint);

CREATE INDEX announcement_recall_asked ON announcement_recall (asked_at) WHERE state = 'asked';

CREATE INDEX announcement_state ON announcement (state);

CREATE INDEX answer_distribution ON answer (round_id, counted, item, kind, value, right, building);

CREATE INDEX case_revisit_at ON case_revisit (at);

CREATE INDEX case_revisit_case ON case_revisit (case_id);

CREATE INDEX chain_of ON chain (occurrence_id, room_id);

CREATE INDEX complaint_addition_complaint ON complaint_addition (complaint_id);

CREATE INDEX complaint_original ON complaint (original_case_id);

CREATE INDEX complaint_resident ON complaint (resident_id) WHERE resident_id IS NOT NULL;

CREATE INDEX measurement_case ON measurement (case_id, at);

CREATE INDEX mediation_case ON mediation (case_id, at);

CREATE INDEX occurrence_day ON occurrence (held_on, start_time);

CREATE INDEX outbox_state ON outbox (state, settled_at);

CREATE INDEX processed_message_at ON processed_message (at);

CREATE INDEX processed_message_content ON processed_message (content_hash);

CREATE INDEX reminder_due ON reminder (due_at) WHERE state = 'planned';

CREATE INDEX reminder_outbox ON reminder (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE INDEX report_case_alarm ON report_case (alarm_at) WHERE alarm_at IS NOT NULL;

CREATE INDEX report_case_assignee ON report_case (assignee_id) WHERE assignee_id IS NOT NULL;

CREATE INDEX report_case_merged ON report_case (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX report_case_open ON report_case (due_resolve_at)
WHERE state IN ('pending','accepted','assigned','working','returned','reopened');

CREATE INDEX report_case_respond ON report_case (due_respond_at, category);

CREATE INDEX report_case_same ON report_case (category, created_at);

CREATE INDEX resident_binding_resident ON resident_binding (resident_id, session_id);

CREATE INDEX respondent_counts ON respondent (round_id, counted, state, answered, rights, invited);

CREATE INDEX respondent_resident ON respondent (resident_id, round_id) WHERE resident_id IS NOT NULL;

CREATE INDEX round_ask_room ON round_ask (room_id, at);

CREATE INDEX round_state ON round (state) WHERE state IN ('planned','open','closing','closed');

CREATE INDEX sign_up_offer ON sign_up (offer_until_at) WHERE state = 'offered';

CREATE INDEX sign_up_resident ON sign_up (resident_id) WHERE resident_id IS NOT NULL;

CREATE UNIQUE INDEX sign_up_seat ON sign_up (occurrence_id, seat) WHERE seat > 0;

CREATE INDEX sign_up_waiting ON sign_up (occurrence_id) WHERE state = 'waiting';

CREATE INDEX web_session_resident ON web_session (resident_id);
