import type { Feature } from '../core/feature.ts'
import { callbackCommands } from './callback.ts'
import { closingPhotos } from './closing.ts'
import { residentCommands } from './commands.ts'
import { consentCommands } from './consent.ts'
import { followUpListener } from './follow-up.ts'
import { draftDialogue } from './intake.ts'
import { caseJobs } from './jobs.ts'
import { reportListener } from './listener.ts'
import { reportPhotos } from './photos.ts'
import { revisitListener } from './revisit.ts'
import { caseDialogues, staffCaseCommands } from './staff-commands.ts'
import { waitingListener, waitingPhotos } from './waiting.ts'

export const reports: Feature = {
  name: 'reports',
  commands: [...residentCommands, ...consentCommands, ...callbackCommands, ...staffCaseCommands],
  dialogues: [draftDialogue, ...caseDialogues],
  listeners: [revisitListener, waitingListener, followUpListener, reportListener],
  photos: [closingPhotos, waitingPhotos, reportPhotos],
  jobs: [...caseJobs],
}
