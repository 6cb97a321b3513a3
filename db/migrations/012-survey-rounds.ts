import type { Migration } from './index.ts'

export const surveyRounds: Migration = {
  name: '012-survey-rounds',
  sql: `
-- while a round runs, its code calls it off; once it is closed, its code publishes it
ALTER TABLE round RENAME COLUMN publish_code TO confirm_code;
ALTER TABLE round RENAME COLUMN publish_until_at TO confirm_until_at;

-- how many of those invited took part, where the rows do not tell any more who was invited
ALTER TABLE round_room ADD COLUMN answered INTEGER;

-- under which key people go on answering a round by household that runs, although they have moved meanwhile
CREATE TABLE round_home (
  round_id INTEGER NOT NULL REFERENCES round (id),
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (round_id, person)
) STRICT, WITHOUT ROWID;

-- the last time that somebody was out of the group and came back
ALTER TABLE membership ADD COLUMN away_from_at TEXT CHECK (away_from_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE membership ADD COLUMN back_at TEXT CHECK (back_at GLOB '????-??-??T??:??:??.???Z');
`,
}
