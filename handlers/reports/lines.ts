import { type Phrase, phrase, type Say, type Value } from '../../content/i18n.ts'
import { dateIn, daysBetween, type Instant, timeIn } from '../../content/time.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { pausesOf } from '../../db/queries/case-event.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { Reader } from '../../db/store.ts'
import { datePhrase } from '../core/dates.ts'
import type { Env, Look } from '../core/feature.ts'
import type { Which } from './deadlines.ts'
import { kindPhrase, placeSay } from './draft.ts'
import { statePhrase } from './refusals.ts'
import { isOpen } from './transitions.ts'

/** A case in one line, for those who handle it: never who reported it. */

/** The place of a case, without flats. */
export function placeOfCase(env: Env, row: CaseRow): Value {
  return placeSay(env, {
    placeWords: row.place_text,
    ...(row.place_id !== null && { place: row.place_id }),
  })
}

/** 噪音·装修，18街坊86门. */
export function aboutCase(env: Env, row: CaseRow): Phrase {
  return phrase('reports.about', { kind: kindPhrase(env, row), place: placeOfCase(env, row) })
}

/** The day by which it is to be dealt with; with the time, where hours count. */
export function dueDay(env: Env, row: CaseRow): Phrase {
  return dueSay(env, row.due_resolve_at)
}

/** A deadline: the day alone means the end of its working hours. */
export function dueSay({ zone, content }: Env, due: Instant): Phrase {
  const day = datePhrase(dateIn(zone, due))
  const time = timeIn(zone, due)
  return time === content.reportRules.workdayEnds ? day : phrase('cases.moment', { day, time })
}

/** When it happened, by the calendar: what may wait for the morning must not say 今天 or 现在. */
export function happenedSay(env: Env, row: CaseRow): Value {
  const { happened_from_at: from, happened_to_at: to, repeats } = row
  if (from === null || to === null) return phrase('reports.whenUnknown')
  const { zone } = env
  const [first, last] = [timeIn(zone, from), timeIn(zone, to)]
  const times = first === last ? first : `${first}–${last}`
  if (repeats) return phrase(`reports.repeats.${repeats}`, { times })
  const day = datePhrase(dateIn(zone, from))
  return daysBetween(dateIn(zone, from), dateIn(zone, to)) > 1
    ? phrase('reports.whenSince', { day })
    : phrase('reports.when', { day, times })
}

/** Whether something that was promised is late. */
export function isLate(look: Moment, row: CaseRow): boolean {
  return lateOf(look, row) !== undefined
}

type Moment = Pick<Look, 'db' | 'now'>

/** What is late: dealing with it, or else the first contact. While it waits for the resident, nothing becomes late. */
export function lateOf({ db, now }: Moment, row: CaseRow): Which | undefined {
  if (missedBy(row, now) === undefined) return undefined
  const pause = pausesOf(db, row.id).find(({ to_at }) => to_at === null)
  return missedBy(row, pause?.from_at ?? now)
}

function missedBy(row: CaseRow, now: Instant): Which | undefined {
  if (!isOpen(row.state)) return undefined
  if (row.due_resolve_at < now) return 'resolve'
  return row.responded_at === null && row.due_respond_at < now ? 'respond' : undefined
}

/** What somebody who handles cases is called; nothing where nobody has it. */
export function nameOf(db: Reader, id: CaseRow['assignee_id']): string | undefined {
  return id === null ? undefined : residentById(db, id)?.name
}

/** `#1042 噪音·装修，18街坊86门｜已派单 李师傅｜12月1日前` with what is pressing about it. */
export function caseLine(look: Look, row: CaseRow): Say {
  const { env, db } = look
  const who = nameOf(db, row.assignee_id)
  const state = statePhrase(row.state)
  const vars = {
    no: row.id,
    about: aboutCase(env, row),
    state: who === undefined ? state : phrase('cases.line.with', { state, name: who }),
    marks: marks(look, row),
  }
  if (!isOpen(row.state)) return phrase('cases.line.over', vars)
  if (lateOf(look, row) === 'respond') {
    return phrase('cases.line.respond', { ...vars, day: dueSay(env, row.due_respond_at) })
  }
  return phrase('cases.line.open', { ...vars, day: dueDay(env, row) })
}

function marks(look: Look, row: CaseRow): Value {
  if (isLate(look, row)) return phrase('cases.line.late')
  if (row.urgent === 1 && isOpen(row.state)) return phrase('cases.line.urgent')
  if (row.supervised_at !== null && isOpen(row.state)) return phrase('cases.line.supervised')
  return ''
}
