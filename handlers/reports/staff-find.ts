import { type Phrase, phrase } from '../../content/i18n.ts'
import { isWithin } from '../../content/places.ts'
import { reportKind } from '../../content/report-rules.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { type ResidentRow, staffList } from '../../db/queries/resident.ts'
import type { Reader } from '../../db/store.ts'
import type { Ctx, Env } from '../core/feature.ts'
import { listed } from '../core/norms.ts'
import { err, ok, type Result } from '../core/result.ts'
import { normalise } from '../core/text/normalise.ts'

/** Whom a case can be given to. */

const MYSELF = /^(?:我|自己|我自己|本人|me)$/u
const TITLE = /(?:师傅|主任|书记|经理|老师|阿姨|网格员|楼栋长|楼长|保洁|物业|干事|同志)$/u
const MOST_NAMED = 8

/** The one who is meant: by number, by name, by a part of it, or by surname and title; or who it could be. */
export function findAssignee(ctx: Ctx, words: string): Result<ResidentRow, Phrase> {
  const people = staffList(ctx.tx)
  const said = normalise(words).replace(/^(?:给|由|让|请|@)\s*/u, '')
  if (said === '') return err(phrase('cases.assign.whom', { names: namesOf(people) }))
  const found = matching(people, said, ctx)
  const [only, other] = found
  if (only === undefined) {
    return err(phrase('cases.assign.nobody', { name: words, names: namesOf(people) }))
  }
  if (other !== undefined) return err(phrase('cases.assign.several', { names: namesOf(found) }))
  return ok(only)
}

function matching(people: readonly ResidentRow[], said: string, { who }: Ctx): ResidentRow[] {
  if (MYSELF.test(said)) return people.filter((p) => p.id === who.id)
  const number = /^#?(\d{1,9})号?$/.exec(said)?.[1]
  if (number !== undefined) return people.filter((p) => p.id === Number(number))
  const ways: ((name: string) => boolean)[] = [
    (name) => name === said,
    (name) => name.startsWith(said) || said.startsWith(name),
    (name) => name.includes(said),
    (name) => TITLE.test(said) && name.startsWith(said.replace(TITLE, '')),
    (name) => /^[小老].$/u.test(said) && name.startsWith(said.slice(1)),
  ]
  for (const way of ways) {
    const found = people.filter((p) => way(normalise(p.name)))
    if (found.length > 0) return found
  }
  return []
}

/** 李师傅（#7）、孙楼长（#5）. */
function namesOf(people: readonly ResidentRow[]) {
  return listed(people.slice(0, MOST_NAMED).map((p) => `${p.name} #${p.id}`))
}

/** Who is there for such a case: the steward of the beat and the partners, the kind's own handler first. */
export function suggested(db: Reader, env: Env, row: CaseRow): ResidentRow[] {
  const { community, reportRules } = env.content
  const people = staffList(db)
  const stewards = people.filter(
    (p) =>
      p.role === 'steward' &&
      p.beat !== null &&
      row.place_id !== null &&
      isWithin(community, row.place_id, p.beat),
  )
  const partners = people.filter((p) => p.role === 'partner')
  const { handler } = reportKind(reportRules, row.category, row.subtype)
  if (handler === 'partner') return [...partners, ...stewards]
  return handler === 'steward' ? [...stewards, ...partners] : stewards
}
