import { phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { parseNickname, placeName } from '../../content/places.ts'
import type { Lang } from '../../content/schema.ts'
import type { Instant } from '../../content/time.ts'
import { plus } from '../../content/time.ts'
import { pruneDialogues } from '../../db/queries/dialogue.ts'
import { pruneProcessed } from '../../db/queries/message.ts'
import { addOptOut, removeOptOut } from '../../db/queries/opt-out.ts'
import { residentById, updateResident } from '../../db/queries/resident.ts'
import { aliasesOf, updateRoom } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { audit } from '../../db/queries/trail.ts'
import type { Topic } from '../../db/schema.ts'
import { startDialogue } from '../core/dialogues.ts'
import type { Env, Said } from '../core/feature.ts'
import {
  type Answer,
  type Ctx,
  command,
  type DialogueKind,
  type Feature,
  type Job,
} from '../core/feature.ts'
import { refusal } from '../core/roles.ts'
import { afterWord, isWord } from '../core/words.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const
const TOPICS = ['reminders', 'surveys', 'all'] as const

/** `退订`, `退订 提醒`, `恢复 全部`: the topic, everything when none is named. */
function readTopic(said: Said, env: Env, word: 'unsubscribe' | 'resubscribe'): Topic | undefined {
  const rest = afterWord(said.text, env.content.words[word])
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
    const subject = `resident ${ctx.who.id}`
    audit(ctx.tx, { at: ctx.now, by: ctx.who.id, action: `opt-out.${topic}`, subject })
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
    removeOptOut(ctx.tx, ctx.who.id, topic)
    const subject = `resident ${ctx.who.id}`
    audit(ctx.tx, { at: ctx.now, by: ctx.who.id, action: `opt-in.${topic}`, subject })
    return phrase('privacy.resubscribed', { topic: phrase(`topic.${topic}`) })
  },
})

const notice = command({
  name: 'privacy',
  role: 'resident',
  where: EVERYWHERE,
  help: { what: 'privacy.help.notice', example: 'privacy.example.notice' },
  parse: (said, env) => (isWord(said.text, env.content.words['privacy']) ? true : undefined),
  run: (ctx) => phrase('privacy.notice', { bot: ctx.env.content.community.botName }),
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
    return (['zh-CN', 'zh-TW', 'en'] as const).find((lang) =>
      isWord(rest, env.content.words[`language.${lang}`]),
    )
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

type HomeState =
  | { readonly step: 'confirm'; readonly place: PlaceId; readonly room: string | null }
  | { readonly step: 'tell' }

const home = command({
  name: 'home',
  role: 'resident',
  where: ['direct'],
  help: { what: 'privacy.help.home', example: 'privacy.example.home' },
  parse: (said, env) => (isWord(said.text, env.content.words['home']) ? true : undefined),
  run: (ctx) => startDialogue(ctx, homeDialogue, firstGuess(ctx)),
})

/** What is on record, or what a room nickname such as `18-86-301 王秀英` suggests. */
function firstGuess(ctx: Ctx): HomeState {
  const row = residentById(ctx.tx, ctx.who.id)
  if (row?.home) return { step: 'confirm', place: row.home, room: row.home_room }
  for (const alias of aliasesOf(ctx.tx, ctx.session, ctx.message.sender.platformId)) {
    const { place, room } = parseNickname(alias, ctx.env.content.community)
    if (place !== undefined) return { step: 'confirm', place, room: room ?? null }
  }
  return { step: 'tell' }
}

/** The resident's home is prefilled, confirmed by the resident, and never published. */
const homeDialogue: DialogueKind = {
  name: 'home',
  question: (ctx, state) => {
    const s = state as HomeState
    if (s.step === 'tell') return phrase('privacy.homeTell')
    const { community } = ctx.env.content
    return phrase('privacy.homeConfirm', {
      place: placeName(community, s.place, ctx.lang),
      room: s.room ?? '',
    })
  },
  take: (ctx, state, said) => {
    const s = state as HomeState
    if (s.step === 'confirm') {
      if (isYes(said.text)) {
        updateResident(ctx.tx, ctx.who.id, {
          home: s.place,
          home_room: s.room,
          home_confirmed_at: ctx.now,
        })
        return { answer: phrase('privacy.homeSaved') }
      }
      if (isNo(said.text)) {
        return { answer: phrase('privacy.homeTell'), next: { step: 'tell' } satisfies HomeState }
      }
    }
    const { place, room } = parseNickname(said.words, ctx.env.content.community)
    if (place === undefined) return undefined
    const next: HomeState = { step: 'confirm', place, room: room ?? null }
    return { answer: homeDialogue.question(ctx, next), next }
  },
}

function isYes(text: string): boolean {
  return /^(?:1|是|是的|对|对的|没错|嗯|好|yes|y)[\p{P}\s]*$/u.test(text)
}

function isNo(text: string): boolean {
  return /^(?:2|不是|不对|不|错了|否|no|n)[\p{P}\s]*$/u.test(text)
}

const KEEP_KEYS_DAYS = 30
const PRUNED_AT = 'privacy.pruned_at'

/** Once a day: keys of handled messages and abandoned dialogues are not kept longer than they are of use. */
const pruneJob: Job = {
  name: 'privacy.prune',
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
