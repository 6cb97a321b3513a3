import type { Feature } from '../../core/feature.ts'
import { signUpCommands } from './commands.ts'
import { lapseJob, offerJob, remindJob } from './jobs.ts'
import { signUpListener } from './listener.ts'
import { staffSignUpCommands } from './staff-commands.ts'

export const signUps: Feature = {
  name: 'signups',
  commands: [...staffSignUpCommands, ...signUpCommands],
  dialogues: [],
  listeners: [signUpListener],
  jobs: [lapseJob, offerJob, remindJob],
}
