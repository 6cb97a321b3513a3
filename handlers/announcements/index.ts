import type { Feature } from '../core/feature.ts'
import { announcementCommands } from './commands.ts'
import { approvalsJob, draftsJob, reportJob, sendJob } from './jobs.ts'
import { draftPictures } from './pictures.ts'

export const announcements: Feature = {
  name: 'announcements',
  commands: announcementCommands,
  dialogues: [],
  photos: draftPictures,
  jobs: [sendJob, reportJob, draftsJob, approvalsJob],
}
