import { phrase, type Say } from '../../content/i18n.ts'
import { cancelDialogue } from '../core/dialogues.ts'
import { type Command, type Ctx, command, type Feature, type Where } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import { isWord } from '../core/words.ts'

function whereIs(ctx: Ctx): Where {
  if (ctx.room === undefined) return 'direct'
  return ctx.room.kind === 'staff' ? 'staff-room' : 'room'
}

/** Made from the command table: what the speaker may say here, with an example each. */
const help = command({
  name: 'help',
  role: 'resident',
  where: ['room', 'staff-room', 'direct'],
  bare: ['staff-room'],
  first: true,
  parse: (said, env) => (isWord(said.text, env.content.words['help']) ? true : undefined),
  run: (ctx) => {
    const where = whereIs(ctx)
    const usable = ctx.env.commands.filter(
      (c) => c.help !== undefined && c.where.includes(where) && may(ctx.who.role, c.role),
    )
    const forStaff = where === 'room' ? [] : usable.filter((c) => c.role !== 'resident')
    return [
      phrase('help.intro', { bot: ctx.env.content.community.botName }),
      ...usable.filter((c) => c.role === 'resident').map(helpLine),
      ...(forStaff.length > 0 ? [phrase('help.staff'), ...forStaff.map(helpLine)] : []),
      phrase(where === 'direct' ? 'help.endDirect' : 'help.endRoom', {
        bot: ctx.env.content.community.botName,
      }),
    ]
  },
})

function helpLine(c: Command): Say {
  if (c.help === undefined) return []
  return phrase('help.line', { example: phrase(c.help.example), what: phrase(c.help.what) })
}

/** Leaves an open dialogue; the dispatcher hears it also unaddressed where one is open. */
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
