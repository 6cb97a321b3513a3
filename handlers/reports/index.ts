import type { Feature } from '../core/feature.ts'
import { residentCommands } from './commands.ts'
import { draftDialogue } from './intake.ts'
import { reportListener } from './listener.ts'
import { reportPhotos } from './photos.ts'

export const reports: Feature = {
  name: 'reports',
  commands: [...residentCommands],
  dialogues: [draftDialogue],
  listeners: [reportListener],
  photos: reportPhotos,
  jobs: [],
}
