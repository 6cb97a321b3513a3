import { phrase } from '../../content/i18n.ts'
import type { Lang } from '../../content/schema.ts'
import type { Instant } from '../../content/time.ts'
import { plus } from '../../content/time.ts'
import { pruneDialogues } from '../../db/queries/dialogue.ts'
import { pruneProcessed } from '../../db/queries/message.ts'
import { addOptOut, optedOut, removeOptOut } from '../../db/queries/opt-out.ts'
import { residentById, updateResident } from '../../db/queries/resident.ts'
import { updateRoom } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { audit } from '../../db/queries/trail.ts'
import { type AuditAction, LANGUAGES, TOPICS, type Topic } from '../../db/schema.ts'
import {
  type Answer,
  type Ctx,
  command,
  type Env,
  type Feature,
  type Job,
  type Said,
} from '../core/feature.ts'
import { refusal } from '../core/roles.ts'
import { stripTail } from '../core/text/normalise.ts'
import { afterWord, isWord } from '../core/words.ts'
import { home, homeDialogue } from './home.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const

/** `退订`, `退订 提醒`, `恢复 全部`: the topic, everything when none is named. */
function readTopic(said: Said, env: Env, word: 'unsubscribe' | 'resubscribe'): Topic | undefined {
  const rest = afterWord(stripTail(said.text), env.content.words[word])
  if (rest === undefined) return undefined
  if (rest.replace(/[\p{P}\s]/gu, '') === '') return 'all'
  return TOPICS.find((topic) => isWord(rest, env.content.words[`topic.${topic}`]))
}

const unsubscribe = command({
  name: 'unsubscribe',
  role: 'resident',
  where: EVERYWHERE,
  first: true,
  help: { what: 'privacy.help.unsubscribe', example: 'privacy.example.unsubscribe' },
  parse: (said, env) => readTopic(said, env, 'unsubscribe'),
  run: (ctx, topic) => {
    addOptOut(ctx.tx, ctx.who.id, topic, ctx.now)
    note(ctx, `opt-out.${topic}`)
    return phrase('privacy.unsubscribed', { topic: phrase(`topic.${topic}`) })
  },
})

const resubscribe = command({
  name: 'resubscribe',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'privacy.help.resubscribe', example: 'privacy.example.resubscribe' },
  parse: (said, env) => readTopic(said, env, 'resubscribe'),
  run: (ctx, topic) => {
    takeBack(ctx, topic)
    note(ctx, `opt-in.${topic}`)
    return phrase('privacy.resubscribed', { topic: phrase(`topic.${topic}`) })
  },
})

/** Whoever opted out of everything and takes one topic back stays out of the others. */
function takeBack({ tx, now, who }: Ctx, topic: Topic): void {
  removeOptOut(tx, who.id, topic)
  if (topic === 'all' || !optedOut(tx, who.id, topic)) return
  removeOptOut(tx, who.id, 'all')
  for (const other of TOPICS) {
    if (other !== 'all' && other !== topic) addOptOut(tx, who.id, other, now)
  }
}

function note({ tx, now, who }: Ctx, action: AuditAction): void {
  audit(tx, { at: now, by: who.id, action, subject: `resident ${who.id}` })
}

const notice = command({
  name: 'privacy',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'privacy.help.notice', example: 'privacy.example.notice' },
  parse: (said, env) => (isWord(said.text, env.content.words['privacy']) ? true : undefined),
  run: (ctx) => {
    // Whoever asks for the notice alone has it: the first answer need not bring it once more.
    if (ctx.room === undefined && residentById(ctx.tx, ctx.who.id)?.noticed_at === null) {
      updateResident(ctx.tx, ctx.who.id, { noticed_at: ctx.now })
    }
    return phrase('privacy.notice', { bot: ctx.env.content.community.botName })
  },
})

/** For the resident in a direct chat; for a whole group by staff. */
const language = command({
  name: 'language',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'privacy.help.language', example: 'privacy.example.language' },
  parse: (said, env): Lang | undefined => {
    const rest = afterWord(said.text, env.content.words['language'])
    if (rest === undefined) return undefined
    return LANGUAGES.find((lang) => isWord(rest, env.content.words[`language.${lang}`]))
  },
  run: (ctx, lang): Answer => {
    if (ctx.room === undefined) updateResident(ctx.tx, ctx.who.id, { lang })
    else {
      const refused = refusal(ctx.who, 'staff')
      if (refused) return refused
      updateRoom(ctx.tx, ctx.room.id, { lang })
    }
    return phrase('privacy.languageSet')
  },
})

const KEEP_KEYS_DAYS = 30
const PRUNED_AT = 'privacy.pruned_at'

/** Once a day: keys of handled messages and abandoned dialogues are not kept longer than they are of use. */
const pruneJob: Job = {
  name: 'privacy.prune',
  silent: true,
  nextDueAt: ({ db, now }) => {
    const last = setting(db, PRUNED_AT) as Instant | undefined
    return last === undefined ? now : plus(last, { days: 1 })
  },
  due: (look) => {
    const next = pruneJob.nextDueAt(look)
    return next !== undefined && next <= look.now ? ['prune'] : []
  },
  run: (work) => {
    pruneProcessed(work.tx, plus(work.now, { days: -KEEP_KEYS_DAYS }))
    pruneDialogues(work.tx, work.now)
    putSetting(work.tx, PRUNED_AT, work.now, work.now)
  },
}

export const privacy: Feature = {
  name: 'privacy',
  commands: [unsubscribe, resubscribe, notice, language, home],
  dialogues: [homeDialogue],
  jobs: [pruneJob],
}
