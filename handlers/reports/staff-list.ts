import { phrase, type Say } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { isWithin } from '../../content/places.ts'
import type { Category } from '../../content/report-rules.ts'
import { dateIn } from '../../content/time.ts'
import type { CaseFilter, CaseRow } from '../../db/queries/case.ts'
import { type CaseState, OPEN_STATES } from '../../db/schema-reports.ts'
import {
  type Answer,
  type Command,
  type Ctx,
  command,
  type Env,
  type Look,
} from '../core/feature.ts'
import { normalise } from '../core/text/normalise.ts'
import { isWord } from '../core/words.ts'
import { findPlaces } from '../understanding/service.ts'
import { placeNames } from './draft.ts'
import { caseLine, isLate } from './lines.ts'
import { PRIVATE } from './staff-grammar.ts'
import { isOpen } from './transitions.ts'
import { caseList } from './view.ts'

/** `工单`: what there is to do, late ones first; `工单 逾期`, `工单 噪声`, `工单 18街坊`, `工单 我的`, `工单 全部`. */

const SHOWN = 10

interface Wish {
  readonly states?: readonly CaseState[]
  readonly category?: Category
  readonly place?: PlaceId
  readonly mine?: boolean
  readonly late?: boolean
  readonly supervised?: boolean
}

const STATES: readonly (readonly [pattern: RegExp, states: readonly CaseState[]])[] = [
  [/^(?:待确认|待受理|新的|新)$/u, ['pending']],
  [/^(?:已受理|待派单|未派单)$/u, ['accepted', 'returned', 'reopened']],
  [/^(?:已派单|办理中|在办)$/u, ['assigned', 'working']],
  [/^(?:退回|已退回)$/u, ['returned']],
  [/^(?:待回访|已办结|办结)$/u, ['done']],
  [/^(?:已回访)$/u, ['revisited']],
  [/^(?:归档|已归档)$/u, ['archived']],
]

/** What was asked for, word by word; `undefined` where a word means nothing here. */
export function wishOf(env: Env, text: string): Wish | undefined {
  let wish: Wish = { states: OPEN_STATES }
  for (const word of text.split(/[\s,，、]+/u).filter((each) => each !== '')) {
    const more = wordOf(env, word)
    if (more === undefined) return undefined
    wish = { ...wish, ...more }
  }
  return wish
}

function wordOf(env: Env, word: string): Wish | undefined {
  if (/^(?:逾期|超期|过期|到期|超时)的?$/u.test(word)) return { late: true }
  if (/^(?:我的|我|派给我的)$/u.test(word)) return { mine: true }
  if (/^(?:督办)的?$/u.test(word)) return { supervised: true }
  if (/^(?:全部|所有|历史)的?$/u.test(word)) return { states: [...OPEN_STATES, ...OVER] }
  const states = STATES.find(([pattern]) => pattern.test(word))?.[1]
  if (states !== undefined) return { states }
  const category = categoryOf(env, word)
  if (category !== undefined) return { category }
  const [place] = findPlaces(word, env.content.community)
  return place?.id === undefined || place.elsewhere ? undefined : { place: place.id }
}

const OVER = ['done', 'revisited', 'archived', 'rejected', 'withdrawn', 'transferred'] as const

function categoryOf({ content }: Env, word: string): Category | undefined {
  const { categories } = content.reportRules
  const named = categories.find(
    ({ id, name }) =>
      Object.values(name).some((each) => normalise(each).includes(word)) ||
      isWord(word, content.words[`category.${id}`]),
  )
  return named?.id
}

const list = command({
  name: 'cases.list',
  role: 'handler',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'cases.help.list', example: 'cases.example.list' },
  parse: (said) => {
    const rest =
      /^(?:工单|工单列表|看工单|查工单|待办)(?:$|[\s:,]+(.*)$|((?:逾期|我的|全部).*)$)/su.exec(
        said.text,
      )
    if (rest === null) return undefined
    const words = (rest[1] ?? rest[2] ?? '').trim()
    // A number asks for that case.
    return /^#?\s*\d+$/.test(words) ? undefined : words
  },
  run: (ctx, words): Answer => {
    const wish = wishOf(ctx.env, words)
    if (wish === undefined) return phrase('cases.list.how', { words })
    return listSay(ctx, casesFor(ctx, wish), wish)
  },
})

function casesFor(ctx: Ctx, wish: Wish): CaseRow[] {
  const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
  const { community } = ctx.env.content
  const { place } = wish
  const filter: CaseFilter = {
    states: wish.states,
    category: wish.category,
    supervised: wish.supervised,
    places:
      place === undefined
        ? undefined
        : community.places.map((p) => p.id).filter((id) => isWithin(community, id, place)),
  }
  return caseList(look, ctx.who, filter)
    .filter((row) => !wish.mine || row.assignee_id === ctx.who.id)
    .filter((row) => !wish.late || isLate(look, row))
    .sort(
      (a, b) => weight(look, a) - weight(look, b) || (a.due_resolve_at < b.due_resolve_at ? -1 : 1),
    )
}

/** Late ones first, then urgent ones, then what is open; what is over comes last. */
function weight(look: Look, row: CaseRow): number {
  if (isLate(look, row)) return 0
  if (!(OPEN_STATES as readonly CaseState[]).includes(row.state)) return 3
  return row.urgent === 1 ? 1 : 2
}

function listSay(ctx: Ctx, rows: readonly CaseRow[], wish: Wish): Say {
  if (rows.length === 0) return phrase('cases.list.none')
  const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
  const late = rows.filter((row) => isLate(look, row)).length
  const today = rows.filter(
    (row) =>
      isOpen(row.state) &&
      dateIn(ctx.env.zone, row.due_resolve_at) === dateIn(ctx.env.zone, ctx.now),
  ).length
  return [
    ...(wish.place === undefined
      ? []
      : [phrase('cases.list.at', { place: placeNames(ctx.env, wish.place) })]),
    phrase('cases.list.title', { n: rows.length, late, today }),
    ...rows.slice(0, SHOWN).map((row) => caseLine(look, row)),
    ...(rows.length > SHOWN ? [phrase('cases.list.more', { n: rows.length - SHOWN })] : []),
    phrase('cases.list.next', { no: rows[0]?.id ?? 0 }),
  ]
}

export const listCommands: readonly Command[] = [list]
