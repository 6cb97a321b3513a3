import { init } from './001-init.ts'
import { surveys } from './002-surveys.ts'
import { reports } from './003-reports.ts'
import { announcements } from './004-announcements.ts'
import { consoleTables } from './005-console.ts'
import { caseSearch } from './006-case-search.ts'
import { surveyPeople } from './007-survey-people.ts'
import { signUps } from './009-sign-ups.ts'
import { announcementFiles } from './010-announcement-files.ts'
import { changedSettings } from './011-changed-settings.ts'
import { surveyRounds } from './012-survey-rounds.ts'

export interface Migration {
  /** `NNN-what`; never edited after a release, never removed. */
  readonly name: string
  readonly sql: string
}

/** In the order they are applied. */
export const migrations: readonly Migration[] = [
  init,
  surveys,
  reports,
  announcements,
  consoleTables,
  caseSearch,
  surveyPeople,
  signUps,
  announcementFiles,
  changedSettings,
  surveyRounds,
]
