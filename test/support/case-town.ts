import { expect } from 'vitest'
import { render, type Say } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { insertResident, updateResident } from '../../db/queries/resident.ts'
import type { Role } from '../../db/schema.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Look } from '../../handlers/core/feature.ts'
import type { Result } from '../../handlers/core/result.ts'
import { fileCase, type Problem, type Words } from '../../handlers/reports/filing.ts'
import type { Actor } from '../../handlers/reports/rights.ts'
import { openTown, type Town, type TownOptions } from './town.ts'

/** A town with people who report, and people who handle. */
export function caseTown(options: TownOptions = {}) {
  const town = openTown({ lectures: false, ...options })
  const make = (name: string, role: Role, beat: PlaceId | null = null): Actor => ({
    id: town.tx(({ tx }) => insertResident(tx, { name, role, beat, created_at: town.now() })),
    role,
  })
  const people = {
    owner: make('管理员', 'owner'),
    staff: make('赵主任', 'staff'),
    other: make('钱干事', 'staff'),
    steward: make('孙楼长', 'steward', '18'),
    partner: make('李师傅', 'partner'),
    anna: make('王秀英', 'resident'),
    bob: make('张建国', 'resident'),
  }
  return {
    town,
    ...people,
    make,
    /** 王秀英, or whoever is given, reports noise in 18街坊. */
    file: (more: Partial<Problem & Words> = {}, reporter: Actor = people.anna): CaseId =>
      granted(town.tx((work) => fileCase(work, reporter, reporter.id, { ...NOISE, ...more }))).case
        .id,
    look: (): Look => ({ db: town.db, now: town.now(), env: town.env }),
    home: (who: Actor, home: PlaceId, home_room: string) =>
      town.tx(({ tx }) => updateResident(tx, who.id, { home, home_room })),
    [Symbol.dispose]: () => town[Symbol.dispose](),
  }
}

export type CaseTown = ReturnType<typeof caseTown>

export const NOISE: Problem & Words = {
  category: 'noise',
  subtype: 'renovation',
  place: '18-86',
  placeWords: '18街坊86门501',
  words: '楼上501又在钻墙，我家孩子睡不着',
  channel: 'direct',
}

/** The value of what must have been done. */
export function granted<T>(result: Result<T, Say>): T {
  if (!result.ok) throw new Error(`refused: ${render(result.error, 'zh-CN')}`)
  return result.value
}

/** Expects a refusal and gives its words. */
export function refused(result: Result<unknown, Say>): string {
  expect(result.ok).toBe(false)
  return result.ok ? '' : render(result.error, 'zh-CN')
}

/** The row of a case as it is now. */
export function caseRow(town: Town, id: CaseId): Record<string, unknown> {
  const row = town.rows('report_case').find((each) => each['id'] === id)
  if (row === undefined) throw new Error(`no case ${id}`)
  return row
}
