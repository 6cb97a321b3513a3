import { type Phrase, phrase, type Say, type Value } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { parseNickname, placeName } from '../../content/places.ts'
import { type Category, reportKind } from '../../content/report-rules.ts'
import { LANGS, type Lang, type Localized } from '../../content/schema.ts'
import { dateIn, daysBetween, type Instant, minutesBetween, timeIn } from '../../content/time.ts'
import { residentById } from '../../db/queries/resident.ts'
import { aliasesOf } from '../../db/queries/room.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { datePhrase, dayPhrase } from '../core/dates.ts'
import type { Ctx, Env } from '../core/feature.ts'
import type { StoredPhoto } from '../core/ports.ts'
import type { PlaceFound, Understanding, WhenFound } from '../understanding/service.ts'
import type { Problem } from './filing.ts'
import { publicPlace } from './mask.ts'
import { forbiddenSay, inForbiddenWindow, noiseLimit, readingSay } from './noise.ts'

/** A report that is being put together with a resident; nothing of it counts before they confirm it. */
export interface Draft {
  readonly category: Category
  readonly subtype: string | null
  readonly place?: PlaceId
  /** As it was said, flat numbers and all. */
  readonly placeWords?: string
  /** It is the speaker's own house, known to Linli but not to the group: it is confirmed without being named. */
  readonly atHome?: boolean
  readonly from?: Instant
  readonly to?: Instant
  readonly repeats?: WhenFound['repeats']
  readonly level?: number
  readonly words: readonly string[]
  readonly photos: readonly StoredPhoto[]
  readonly effect?: string
  readonly prior?: string
  /** What was asked already: at most place and time, once each. */
  readonly asked: readonly Question[]
  readonly step: Step
  /** When Linli asked last. */
  readonly askedAt?: Instant
  /** The open case that it may be about. */
  readonly same?: CaseId
}

type Question = 'place' | 'when'
export type Step = Question | 'same' | 'confirm' | 'change'

const MAX_WORDS = 8
const MAX_WORDS_LENGTH = 500

/** The draft that somebody's words begin. */
export function draftOf(ctx: Ctx, words: string, found: Understanding): Draft {
  const { category, subtype, db, effect, prior } = found
  const blank: Draft = {
    category: category ?? 'other',
    subtype,
    ...(db !== null && { level: db }),
    ...(effect !== null && { effect }),
    ...(prior !== null && { prior }),
    words: [words.slice(0, MAX_WORDS_LENGTH)],
    photos: [],
    asked: [],
    step: 'confirm',
  }
  return withWhen(withPlace(ctx, blank, found.place), found.when ?? present(ctx, words, category))
}

/** More was said: it adds to the draft. */
export function withWords(draft: Draft, words: string): Draft {
  const all = [...draft.words, words.slice(0, MAX_WORDS_LENGTH)]
  return { ...draft, words: all.slice(0, MAX_WORDS) }
}

/** Every house has one: which, must be asked. */
const ANYWHERE =
  /^(?:我们?|咱们?)?(?:这边?的?)?(?:楼道|楼梯|电梯|门洞|安全出口|消防通道|消防车道|消防门|安全通道|管道井|天井|楼里|草丛|绿篱|后巷|下水口|阳台|窗前|保洁间|投放口|走廊|过道|单元|门口|楼顶|顶楼|天台|架空层|大厅|绿化|花坛|草坪|楼前|楼后|楼底|小区|社区|院子|路边|路上|旁边|附近)/u

export function withPlace(ctx: Ctx, draft: Draft, place: PlaceFound | null): Draft {
  if (place === null || place.elsewhere) return draft
  if (place.id === undefined && ANYWHERE.test(place.text)) return draft
  if (place.relative) {
    const home = homeOf(ctx)
    if (home === undefined) return draft
    return { ...draft, place: home, placeWords: place.text, atHome: true }
  }
  const { atHome: _, place: __, ...rest } = draft
  return {
    ...rest,
    placeWords: place.text,
    ...(place.id !== undefined && { place: place.id }),
  }
}

/** The speaker's house: as it was confirmed, or as a nickname such as 18-86-301 suggests. */
export function homeOf({ tx, session, who, message, env }: Ctx): PlaceId | undefined {
  const known = residentById(tx, who.id)?.home
  if (known) return known
  const { platformId, name, alias } = message.sender
  const names = [alias ?? '', ...aliasesOf(tx, session, platformId), name]
  return names.map((each) => parseNickname(each, env.content.community).place).find(Boolean)
}

export function withWhen(
  draft: Draft,
  when: Pick<WhenFound, 'from' | 'to' | 'repeats'> | null,
): Draft {
  if (when === null) return draft
  const { from, to, repeats } = when
  return { ...draft, from, to, repeats }
}

/** What is told as going on, goes on now; of waste that lies about nobody asks since when. */
function present(ctx: Ctx, words: string, category: Category | null) {
  const goesOn = /又|还[在没]|正[在]?|在.{0,4}[敲钻砸吵闹唱跳叫响放打]|了$|着[呢呐]?$|没完/u
  if (category === 'noise' && !goesOn.test(words)) return null
  return { from: ctx.now, to: ctx.now, repeats: null }
}

/** What must be known still, place before time; each is asked once. */
export function missing(draft: Draft): Question | undefined {
  if (draft.placeWords === undefined && !draft.asked.includes('place')) return 'place'
  if (draft.from === undefined && !draft.asked.includes('when')) return 'when'
  return undefined
}

/** The draft as the problem of a case. */
export function problemOf(draft: Draft): Problem {
  const { category, subtype, place, placeWords, from, to, repeats } = draft
  return {
    category,
    subtype: subtype ?? undefined,
    place,
    placeWords,
    happened: from && to ? { from, to } : undefined,
    repeats,
  }
}

/** What kind of problem: 噪音 · 装修. */
export function kindPhrase(
  env: Env,
  of: { readonly category: Category; readonly subtype: string | null },
): Phrase {
  const rules = env.content.reportRules
  const category = rules.categories.find((c) => c.id === of.category)
  const kind = reportKind(rules, of.category, of.subtype)
  const name = category?.name ?? kind.name
  return kind.subtype === 'other'
    ? phrase('reports.kindAlone', { category: name })
    : phrase('reports.kind', { category: name, name: kind.name })
}

/** A place's name in every language. */
export function placeNames(env: Env, id: PlaceId): Localized {
  const names = LANGS.map((lang: Lang) => [lang, placeName(env.content.community, id, lang)])
  return Object.fromEntries(names) as Localized
}

/** The place as others may read it: never a flat, and not the speaker's own house. */
export function placeSay(env: Env, draft: Pick<Draft, 'place' | 'placeWords' | 'atHome'>): Value {
  if (draft.atHome) return phrase('reports.atHome')
  if (draft.place !== undefined) return placeNames(env, draft.place)
  const words = publicPlace(draft.placeWords ?? '')
  return words === '' ? phrase('reports.placeUnknown') : words
}

/** When it happened, as one says it: 今天（11月24日 周二）23:30. */
export function whenSay(
  env: Env,
  now: Instant,
  at: {
    readonly from?: Instant | undefined
    readonly to?: Instant | undefined
    readonly repeats?: WhenFound['repeats'] | undefined
  },
): Value {
  const { from, to, repeats } = at
  if (from === undefined || to === undefined) return phrase('reports.whenUnknown')
  const { zone } = env
  const [first, last, today] = [dateIn(zone, from), dateIn(zone, to), dateIn(zone, now)]
  const times = timeIn(zone, from) === timeIn(zone, to) ? timeIn(zone, from) : span(env, from, to)
  if (repeats) return phrase(`reports.repeats.${repeats}`, { times })
  if (Math.abs(minutesBetween(from, now)) <= 1) return phrase('reports.whenNow')
  if (daysBetween(first, last) > 1) return phrase('reports.whenSince', { day: datePhrase(first) })
  return phrase('reports.when', { day: dayPhrase(first, today), times })
}

function span({ zone }: Env, from: Instant, to: Instant): string {
  return `${timeIn(zone, from)}–${timeIn(zone, to)}`
}

/** What the rules say of such a time and level; empty for anything but noise. */
export function normSay(
  env: Env,
  of: Pick<Draft, 'category' | 'subtype' | 'from' | 'to' | 'level'>,
): Say[] {
  if (of.category !== 'noise' || of.from === undefined || of.to === undefined) return []
  const { calendar, zone, content } = env
  const rules = content.noiseRules
  const limit = noiseLimit(of.from, rules, zone)
  const reading =
    of.level === undefined
      ? phrase('reports.limit', {
          period: phrase(`reports.noise.${limit.period}`),
          limit: limit.limit,
        })
      : readingSay(of.level, limit, 'phone')
  const banned = inForbiddenWindow({ from: of.from, to: of.to }, of.subtype ?? 'other', {
    rules,
    calendar,
    zone,
  })
  return [reading, ...(banned ? [forbiddenSay(banned)] : [])]
}
