import { updateResident } from '../../db/queries/resident.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { openTown, type Person, type TownOptions } from './town.ts'

/** A town of people in chat who report, and who handle what is reported. */
export async function caseChat(options: TownOptions = {}) {
  const town = openTown({ lectures: false, ...options })
  const owner = town.staff('高书记', 'owner')
  const zhao = town.staff('赵主任', 'staff')
  const qian = town.staff('钱干事', 'staff')
  const sun = town.staff('孙楼长', 'steward')
  const li = town.staff('李师傅', 'partner')
  const wang = town.person('王秀英')
  const zhang = town.person('张建国')
  town.tx(({ tx }) => updateResident(tx, sun.id, { beat: '18' }))
  // The first direct answer brings the privacy notice.
  for (const who of [zhao, qian, sun, li, wang, zhang, owner]) await who.says('隐私')
  town.heard()
  return {
    town,
    owner,
    zhao,
    qian,
    sun,
    li,
    wang,
    zhang,
    /** Reports, and gives the number; what was said until then is forgotten. */
    report: async (
      words = '举报 18街坊86门昨晚十点装修电钻太吵',
      who: Person = wang,
    ): Promise<CaseId> => {
      await who.says(words)
      if (town.sent.some((m) => m.to === who.name && m.text.includes('1 确认')))
        await who.says('确认')
      const id = town.rows('report_case').at(-1)?.['id'] as CaseId
      town.heard()
      return id
    },
    row: (id: CaseId) => town.rows('report_case').find((r) => r['id'] === id) ?? {},
    /** What was said to somebody since the last look. */
    told: (name: string): string =>
      town.sent
        .filter((m) => m.to === name)
        .map((m) => m.text)
        .join('\n'),
    [Symbol.dispose]: () => town[Symbol.dispose](),
  }
}

export type CaseChat = Awaited<ReturnType<typeof caseChat>>
