import type { Feature } from '../core/feature.ts'
import { surveyCommands } from './commands.ts'
import { answerCommand, hearPrivately, surveyDialogue } from './dialogue.ts'
import { askJob, closeJob, openJob, tallyJob } from './jobs.ts'
import { surveyListener } from './listen.ts'

export const surveys: Feature = {
  name: 'surveys',
  commands: [answerCommand, ...surveyCommands],
  dialogues: [surveyDialogue],
  listeners: [{ ...surveyListener, hearPrivately }],
  jobs: [closeJob, openJob, askJob, tallyJob],
}
