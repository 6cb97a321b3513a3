import type { Command, DialogueKind } from '../core/feature.ts'
import { revisitCommands, revisitDialogue } from './revisit.ts'
import { cardCommands } from './staff-card.ts'
import { evidenceCommands } from './staff-evidence.ts'
import { listCommands } from './staff-list.ts'
import { revealCommands } from './staff-reveal.ts'
import { stepCommands } from './staff-steps.ts'

/** Cases in chat, for staff, stewards and partners. */
export const staffCaseCommands: readonly Command[] = [
  ...listCommands,
  ...cardCommands,
  ...stepCommands,
  ...evidenceCommands,
  ...revealCommands,
  ...revisitCommands,
]

export const caseDialogues: readonly DialogueKind[] = [revisitDialogue]
