import type { PlaceId } from '../../content/map.ts'
import { isWithin, placeName } from '../../content/places.ts'
import type { Category } from '../../content/report-rules.ts'
import { LANGS } from '../../content/schema.ts'
import type { Instant } from '../../content/time.ts'
import {
  type CaseScope,
  type CaseSearch,
  countCases,
  type FoundCase,
  type SearchTerm,
  searchCases,
} from '../../db/queries/case-search.ts'
import { type ResidentRow, residentById, staffList } from '../../db/queries/resident.ts'
import type { ResidentId } from '../../db/schema.ts'
import { CASE_STATES, type CaseId, type CaseState, OPEN_STATES } from '../../db/schema-reports.ts'
import type { Env, Look } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import type { Actor } from './rights.ts'
import { suggested } from './staff-find.ts'

/** Looking through cases: by what they are, and by the words in them. Nobody finds what is not theirs. */

export const GROUPS = ['open', 'closed', 'all'] as const

export interface Wanted {
  readonly group?: (typeof GROUPS)[number] | undefined
  readonly state?: CaseState | undefined
  readonly category?: Category | undefined
  /** There, or anywhere within. */
  readonly place?: PlaceId | undefined
  readonly assignee?: ResidentId | 'nobody' | undefined
  readonly late?: boolean | undefined
  readonly from?: Instant | undefined
  readonly before?: Instant | undefined
  /** Words that must all be found; in reports only by those who may read them. */
  readonly text?: string | undefined
}

export interface Queue {
  readonly rows: readonly FoundCase[]
  readonly total: number
}

/** The cases that `by` handles and that are wanted. */
export function caseQueue(
  look: Look,
  by: Actor,
  wanted: Wanted,
  { skip, take }: { readonly skip: number; readonly take: number },
): Queue {
  if (by.role === 'resident') return { rows: [], total: 0 }
  const search = searchOf(look, by, wanted)
  const total = countCases(look.db, search)
  return { rows: searchCases(look.db, search, { skip, take }), total }
}

/** How many there are. */
export function caseCount(look: Look, by: Actor, wanted: Wanted): number {
  return by.role === 'resident' ? 0 : countCases(look.db, searchOf(look, by, wanted))
}

function searchOf(look: Look, by: Actor, wanted: Wanted): CaseSearch {
  const { assignee, place } = wanted
  return {
    scope: scopeOf(look, by),
    states: statesOf(wanted),
    category: wanted.category,
    places: place === undefined ? undefined : placesWithin(look.env, place),
    assignee: assignee === 'nobody' ? undefined : assignee,
    unassigned: assignee === 'nobody',
    lateAt: wanted.late ? look.now : undefined,
    createdFrom: wanted.from,
    createdBefore: wanted.before,
    terms: termsOf(look.env, wanted.text ?? ''),
  }
}

function scopeOf(look: Look, by: Actor): CaseScope | undefined {
  if (may(by.role, 'staff')) return undefined
  const beat = by.role === 'steward' ? residentById(look.db, by.id)?.beat : null
  return { assignee: by.id, places: beat ? placesWithin(look.env, beat) : [] }
}

function placesWithin({ content }: Env, around: PlaceId): PlaceId[] {
  const { community } = content
  return community.places.map((p) => p.id).filter((id) => isWithin(community, id, around))
}

function statesOf({ group = 'all', state }: Wanted): readonly CaseState[] | undefined {
  if (state !== undefined) return [state]
  if (group === 'open') return OPEN_STATES
  const open: readonly CaseState[] = OPEN_STATES
  return group === 'closed' ? CASE_STATES.filter((each) => !open.includes(each)) : undefined
}

const MOST_TERMS = 6
const LONGEST_TERM = 60

/** The words that are looked for, each with the places that are called so. */
function termsOf(env: Env, text: string): SearchTerm[] {
  const words = text.replaceAll('\0', ' ').split(/\s+/u).filter(Boolean)
  return words.slice(0, MOST_TERMS).map((word) => {
    const term = [...word].slice(0, LONGEST_TERM).join('')
    const no = /^#?(\d{1,9})$/.exec(term)?.[1]
    return {
      text: term,
      places: placesCalled(env, term),
      no: no === undefined ? undefined : (Number(no) as CaseId),
    }
  })
}

function placesCalled({ content }: Env, word: string): PlaceId[] {
  const { community } = content
  return community.places
    .map((place) => place.id)
    .filter((id) => LANGS.some((lang) => placeName(community, id, lang).includes(word)))
}

/** Whom a case can be given to; those who are there for such a case first. */
export function assignees(look: Look, row?: Parameters<typeof suggested>[2]): ResidentRow[] {
  const all = staffList(look.db)
  const first = row === undefined ? [] : suggested(look.db, look.env, row)
  return [...first, ...all.filter((person) => !first.some((other) => other.id === person.id))]
}
