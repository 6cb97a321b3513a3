import type { Feature } from '../core/feature.ts'
import { announcementCommands } from './commands.ts'
import { draftFiles } from './files.ts'
import { approvalsJob, draftsJob, reportJob, sendJob } from './jobs.ts'

export const announcements: Feature = {
  name: 'announcements',
  commands: announcementCommands,
  dialogues: [],
  photos: [draftFiles],
  jobs: [sendJob, reportJob, draftsJob, approvalsJob],
}
