import { phrase, type Say } from '../../content/i18n.ts'
import { cancelDialogue } from '../core/dialogues.ts'
import { type Command, command, type Feature } from '../core/feature.ts'
import { usable } from '../core/unclear.ts'
import { isWord } from '../core/words.ts'

/** Made from the command table: what the speaker may say here, with an example each. */
const help = command({
  name: 'help',
  role: 'resident',
  where: ['room', 'staff-room', 'direct'],
  bare: ['staff-room'],
  parse: (said, env) => (isWord(said.text, env.content.words['help']) ? true : undefined),
  run: (ctx) => {
    const { where, who, env } = ctx
    const commands = usable(env, where, who.role)
    const forStaff = where === 'room' ? [] : commands.filter((c) => c.role !== 'resident')
    const bot = env.content.community.botName
    return [
      phrase('help.intro', { bot }),
      ...commands.filter((c) => c.role === 'resident').map(helpLine),
      ...(forStaff.length > 0 ? [phrase('help.staff'), ...forStaff.map(helpLine)] : []),
      phrase(where === 'direct' ? 'help.endDirect' : 'help.endRoom', { bot }),
    ]
  },
})

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
