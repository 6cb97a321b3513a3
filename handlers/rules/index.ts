import { command, type Feature } from '../core/feature.ts'
import { answerTo } from './answer.ts'
import { readRuleQuestion } from './question.ts'

/** Answers a question about the rules, and makes no case of it. */
const ask = command({
  name: 'rules.ask',
  role: 'resident',
  where: ['room', 'staff-room', 'direct'],
  help: { what: 'rules.help.ask', example: 'rules.example.ask' },
  parse: (said, env) => readRuleQuestion(said.text, env.content.wasteRules),
  run: (ctx, question) => answerTo(question, ctx.env.content),
})

export const rules: Feature = { name: 'rules', commands: [ask], dialogues: [], jobs: [] }
