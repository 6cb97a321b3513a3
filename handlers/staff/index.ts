import type { Feature } from '../core/feature.ts'
import { staffCommands } from './commands.ts'
import { pinDialogue } from './guarded.ts'

export const staff: Feature = {
  name: 'staff',
  commands: staffCommands,
  dialogues: [pinDialogue],
  jobs: [],
}
