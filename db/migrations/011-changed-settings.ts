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

INSERT INTO changed_setting (name, value, changed_at)
SELECT name, iif(value = 'on', '{"on":true}', '{"on":false}'), updated_at FROM setting
WHERE name = 'announcements.approval';
DELETE FROM setting WHERE name = 'announcements.approval';

ALTER TABLE web_session DROP COLUMN failures;
`,
}
