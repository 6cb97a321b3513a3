import type { Feature } from '../core/feature.ts'
import { staffCommands } from './commands.ts'
import { pinDialogue } from './guarded.ts'
import { sendCommands, sendsJob } from './sends.ts'

export const staff: Feature = {
  name: 'staff',
  commands: [...staffCommands, ...sendCommands],
  dialogues: [pinDialogue],
  jobs: [sendsJob],
}
