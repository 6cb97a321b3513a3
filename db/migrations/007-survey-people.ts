import type { Migration } from './index.ts'

export const surveyPeople: Migration = {
  name: '007-survey-people',
  sql: `
-- whether 一般 counts as satisfied, as it was at the opening; NULL in rounds from before this column
ALTER TABLE round ADD COLUMN count_middle INTEGER CHECK (count_middle IN (0, 1));
-- people who answered without having been invited, where the rows do not tell any more who they are
ALTER TABLE round ADD COLUMN beside INTEGER;
-- what confirms that the results go to the groups, as they were previewed
ALTER TABLE round ADD COLUMN publish_code TEXT;
ALTER TABLE round ADD COLUMN publish_until_at TEXT CHECK (publish_until_at GLOB '????-??-??T??:??:??.???Z');

DROP TRIGGER round_frozen;
-- what was promised and asked at the opening stays so, and so does the denominator
CREATE TRIGGER round_frozen BEFORE UPDATE OF survey, version, questionnaire, unit, anonymous, population, invited, count_middle ON round
WHEN old.state <> 'planned' BEGIN SELECT RAISE(ABORT, 'frozen at opening'); END;

-- whether the respondent is of those who were invited at the opening
ALTER TABLE respondent ADD COLUMN invited INTEGER NOT NULL DEFAULT 1 CHECK (invited IN (0, 1));
UPDATE respondent SET invited = 0 WHERE channel = 'paper';
DROP INDEX respondent_counts;
-- how many took part, of those invited and beside them, and how many knew enough
CREATE INDEX respondent_counts ON respondent (round_id, counted, state, answered, rights, invited);
`,
}
