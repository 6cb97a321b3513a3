import type { Feature } from '../core/feature.ts'
import { residentCommands } from './commands.ts'
import { digestJob } from './digest.ts'
import { lapseJob } from './lapsed.ts'
import { lectureJob } from './lectures.ts'
import { planJob } from './planning.ts'
import { reminderJob } from './reminders.ts'
import { reasonDialogue, staffCommands } from './staff-commands.ts'
import { confirmJob } from './unconfirmed.ts'

export const programmes: Feature = {
  name: 'programmes',
  commands: [...staffCommands, ...residentCommands],
  dialogues: [reasonDialogue],
  jobs: [planJob, lapseJob, digestJob, reminderJob, lectureJob, confirmJob],
}
