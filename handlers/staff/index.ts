import type { Feature } from '../core/feature.ts'
import { pinDialogue, staffCommands } from './commands.ts'

export const staff: Feature = {
  name: 'staff',
  commands: staffCommands,
  dialogues: [pinDialogue],
  jobs: [],
}
