import type { Migration } from './index.ts'

/** What staff have set otherwise than the content files; and wrong codes are counted for the person, not the session. */
export const changedSettings: Migration = {
  name: '011-changed-settings',
  sql: `
CREATE TABLE changed_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??.???Z'),
  resident_id INTEGER REFERENCES resident (id)
) STRICT;

ALTER TABLE web_session DROP COLUMN failures;
`,
}
