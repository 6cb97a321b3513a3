import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { cancelDialogue } from '../core/dialogues.ts'
import { type Command, type Ctx, command, type Feature } from '../core/feature.ts'
import { usable } from '../core/unclear.ts'
import { afterWord, isWord } from '../core/words.ts'

/** Help is made from the command table: what the speaker may say here, with an example each. */

/** What people say most, in this order; the rest is found by topic. */
const OFTEN = [
  'programmes.day',
  'programmes.days',
  'signups.join',
  'reports.report',
  'reports.progress',
  'surveys.answer',
  'rules.ask',
  'unsubscribe',
  'cases.list',
  'cases.card',
  'cases.assign',
  'cases.close',
  'announcements.new',
  'programmes.move',
  'surveys.progress',
] as const

/** In the order in which they are offered. Their words are `help.<topic>` of the word list. */
const TOPICS = [
  'programmes',
  'signups',
  'reports',
  'surveys',
  'rules',
  'self',
  'cases',
  'announcements',
  'staff',
] as const
export type HelpTopic = (typeof TOPICS)[number]

/** Where a command is found: by the first part of its name; what has none is about the speaker's own settings. */
export function topicOf({ name }: Pick<Command, 'name'>): HelpTopic {
  return TOPICS.find((topic) => name.startsWith(`${topic}.`)) ?? 'self'
}

const help = command({
  name: 'help',
  role: 'resident',
  where: ['room', 'staff-room', 'direct'],
  bare: ['staff-room'],
  parse: (said, { content: { words } }) => {
    if (isWord(said.text, words['help'])) return 'all'
    const rest = afterWord(said.text, words['help'])
    return rest ? TOPICS.find((topic) => isWord(rest, words[`help.${topic}`])) : undefined
  },
  run: (ctx, topic): Say => {
    const { where, who, env } = ctx
    // Residents read along in their groups: what staff may do is not shown there.
    const all = usable(env, where, who.role)
    const commands = where === 'room' ? all.filter((c) => c.role === 'resident') : all
    return topic === 'all' ? overview(ctx, commands) : about(ctx, commands, topic)
  },
})

function overview({ where, env }: Ctx, commands: readonly Command[]): Say {
  const bot = env.content.community.botName
  const often = OFTEN.flatMap((name) => commands.filter((c) => c.name === name))
  const forStaff = often.filter((c) => c.role !== 'resident')
  const topics = TOPICS.filter((topic) => commands.some((c) => topicOf(c) === topic))
  return [
    phrase('help.intro', { bot }),
    ...often.filter((c) => c.role === 'resident').map(helpLine),
    ...(forStaff.length > 0 ? [phrase('help.staff'), ...forStaff.map(helpLine)] : []),
    ...more(topics),
    phrase(where === 'direct' ? 'help.endDirect' : 'help.endRoom', { bot }),
  ]
}

function more(topics: readonly HelpTopic[]): Say[] {
  const names = topics.map((topic): Phrase => phrase(`help.topic.${topic}`))
  const last = names.pop()
  if (last === undefined) return []
  const all = names.reduceRight((rest, first) => phrase('help.topics', { first, rest }), last)
  return [phrase('help.more', { topics: all })]
}

function about({ where, env }: Ctx, commands: readonly Command[], topic: HelpTopic): Say {
  const bot = env.content.community.botName
  const found = commands.filter((c) => topicOf(c) === topic)
  if (found.length === 0) return phrase('help.nothing')
  return [
    ...found.map(helpLine),
    phrase(where === 'direct' ? 'help.endDirect' : 'help.endRoom', { bot }),
  ]
}

function helpLine(c: Command): Say {
  if (c.help === undefined) return []
  return phrase('help.line', { example: phrase(c.help.example), what: phrase(c.help.what) })
}

/** Leaves an open dialogue. */
const leave = command({
  name: 'cancel',
  role: 'resident',
  where: ['room', 'staff-room', 'direct'],
  first: true,
  parse: (said, env) => (isWord(said.text, env.content.words['cancel']) ? true : undefined),
  run: (ctx) => phrase(cancelDialogue(ctx) ? 'dialogue.left' : 'dialogue.nothingToLeave'),
})

export const helping: Feature = {
  name: 'help',
  commands: [help, leave],
  dialogues: [],
  jobs: [],
}
