import type { Migration } from './index.ts'

export const consoleTables: Migration = {
  name: '005-console',
  sql: `
CREATE TABLE web_session (
  token_hash TEXT PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  stage TEXT NOT NULL CHECK (stage IN ('code','in')),
  csrf TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
-- signing out everywhere
CREATE INDEX web_session_resident ON web_session (resident_id);

CREATE TABLE sign_in_code (
  hash TEXT PRIMARY KEY,
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
`,
}
