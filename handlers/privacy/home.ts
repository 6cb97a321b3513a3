import { phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { parseNickname, placeName } from '../../content/places.ts'
import { residentById, updateResident } from '../../db/queries/resident.ts'
import { aliasesOf } from '../../db/queries/room.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Ctx, command, type DialogueKind } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { settleHome } from '../surveys/service.ts'

type HomeState =
  | { readonly step: 'confirm'; readonly place: PlaceId; readonly room: string | null }
  | { readonly step: 'tell' }

export const home = command({
  name: 'home',
  role: 'resident',
  where: ['direct'],
  help: { what: 'privacy.help.home', example: 'privacy.example.home' },
  parse: (said, env) => (isWord(said.text, env.content.words['home']) ? true : undefined),
  run: (ctx) => startDialogue(ctx, homeDialogue, firstGuess(ctx)),
})

/** What is on record, or what a nickname such as `18-86-301 王秀英` suggests. */
function firstGuess({ tx, session, who, message, env }: Ctx): HomeState {
  const row = residentById(tx, who.id)
  if (row?.home) return { step: 'confirm', place: row.home, room: row.home_room }
  const { platformId, name } = message.sender
  for (const alias of [...aliasesOf(tx, session, platformId), name]) {
    const { place, room } = parseNickname(alias, env.content.community)
    if (place !== undefined) return { step: 'confirm', place, room: room ?? null }
  }
  return { step: 'tell' }
}

/** The resident's home is prefilled, confirmed by the resident, and never published. */
export const homeDialogue: DialogueKind = {
  name: 'home',
  question: (ctx, state) => {
    const s = state as HomeState
    if (s.step === 'tell') return phrase('privacy.homeTell')
    return phrase('privacy.homeConfirm', {
      place: placeName(ctx.env.content.community, s.place, ctx.lang),
      room: s.room ?? '',
    })
  },
  take: (ctx, state, said) => {
    const s = state as HomeState
    if (s.step === 'confirm' && isWord(said.text, YES)) {
      const before = residentById(ctx.tx, ctx.who.id)
      updateResident(ctx.tx, ctx.who.id, {
        home: s.place,
        home_room: s.room,
        home_confirmed_at: ctx.now,
      })
      if (before !== undefined) settleHome(ctx, before)
      return { answer: phrase('privacy.homeSaved') }
    }
    if (s.step === 'confirm' && isWord(said.text, NO)) {
      const next: HomeState = { step: 'tell' }
      return { answer: homeDialogue.question(ctx, next), next }
    }
    const { place, room } = parseNickname(said.words, ctx.env.content.community)
    if (place === undefined) return undefined
    const next: HomeState = { step: 'confirm', place, room: room ?? null }
    return { answer: homeDialogue.question(ctx, next), next }
  },
}

const YES = [
  '1',
  '是',
  '是的',
  '对',
  '对的',
  '没错',
  '正确',
  '嗯',
  '嗯嗯',
  '好',
  '好的',
  'yes',
  'y',
]
const NO = ['2', '不是', '不对', '不', '错', '错了', '否', 'no', 'n']
