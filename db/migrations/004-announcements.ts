import type { Migration } from './index.ts'

const instant = (column: string) => `CHECK (${column} GLOB '????-??-??T??:??:??.???Z')`

export const announcements: Migration = {
  name: '004-announcements',
  sql: `
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
  send_at TEXT ${instant('send_at')},
  repeats TEXT CHECK (repeats IN ('daily','weekly','monthly')),
  until_on TEXT CHECK (until_on GLOB '????-??-??'),
  expires_at TEXT ${instant('expires_at')},
  code TEXT NOT NULL,
  code_expires_at TEXT NOT NULL ${instant('code_expires_at')},
  again INTEGER NOT NULL CHECK (again IN (0, 1)),
  confirmed_by INTEGER REFERENCES resident (id),
  confirmed_at TEXT ${instant('confirmed_at')},
  approved_by INTEGER REFERENCES resident (id),
  occurrences INTEGER NOT NULL DEFAULT 0,
  next_at TEXT ${instant('next_at')},
  last_at TEXT ${instant('last_at')},
  reported INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL ${instant('created_at')},
  CHECK (repeats IS NULL OR (send_at IS NOT NULL AND until_on IS NOT NULL))
) STRICT;
-- what waits for a person or for its time
CREATE INDEX announcement_state ON announcement (state);
-- the same words not long ago
CREATE INDEX announcement_fingerprint ON announcement (fingerprint);

CREATE TABLE announcement_delivery (
  id INTEGER PRIMARY KEY,
  announcement_id INTEGER NOT NULL REFERENCES announcement (id),
  occurrence INTEGER NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room (id),
  skipped TEXT CHECK (skipped IN ('room_off','late')),
  created_at TEXT NOT NULL ${instant('created_at')},
  UNIQUE (announcement_id, occurrence, room_id)
) STRICT;

CREATE TABLE announcement_part (
  delivery_id INTEGER NOT NULL REFERENCES announcement_delivery (id),
  part INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  outbox_id INTEGER NOT NULL UNIQUE REFERENCES outbox (id),
  PRIMARY KEY (delivery_id, part, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement_picture (
  announcement_id INTEGER NOT NULL REFERENCES announcement (id),
  position INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (announcement_id, position)
) STRICT, WITHOUT ROWID;

-- a message that is a picture
CREATE TABLE outbox_picture (
  outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE announcement_recall (
  outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
  state TEXT NOT NULL CHECK (state IN ('asked','recalled','failed')),
  asked_by INTEGER NOT NULL REFERENCES resident (id),
  asked_at TEXT NOT NULL ${instant('asked_at')},
  settled_at TEXT ${instant('settled_at')}
) STRICT;
-- what is still to be taken back
CREATE INDEX announcement_recall_asked ON announcement_recall (asked_at) WHERE state = 'asked';
`,
}
