import type { Feature } from '../core/feature.ts'
import { casePictures } from './closing.ts'
import { residentCommands } from './commands.ts'
import { draftDialogue } from './intake.ts'
import { caseJobs } from './jobs.ts'
import { reportListener } from './listener.ts'
import { revisitListener } from './revisit.ts'
import { caseDialogues, staffCaseCommands } from './staff-commands.ts'

export const reports: Feature = {
  name: 'reports',
  commands: [...residentCommands, ...staffCaseCommands],
  dialogues: [draftDialogue, ...caseDialogues],
  listeners: [revisitListener, reportListener],
  photos: casePictures,
  jobs: [...caseJobs],
}
