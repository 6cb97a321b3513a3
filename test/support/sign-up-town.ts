import type { Content } from '../../content/schema.ts'
import type { OccurrenceId } from '../../db/schema.ts'
import { demoContent } from './content.ts'
import { openTown, type Town, type TownOptions } from './town.ts'

/** Wednesday's lesson in a town where it is Tuesday noon. */
export const LESSON = 'weekly-lesson'
export const LESSON_DAY = '2026-11-25'

/** The demonstration's content with so many seats for the lesson; without a limit when left out. */
export function withSeats(seats: number | undefined): Content {
  const content = demoContent()
  return {
    ...content,
    programmes: content.programmes.map(({ capacity, ...p }) => {
      const of = p.id === LESSON ? seats : capacity
      return of === undefined ? p : { ...p, capacity: of }
    }),
  }
}

export function openSignUpTown(seats: number | undefined, options: TownOptions = {}): Town {
  return openTown({ content: withSeats(seats), ...options })
}

/** The number of a programme's occurrence on a day. */
export function numberOf(town: Town, programme = LESSON, on = LESSON_DAY): OccurrenceId {
  const row = occurrenceOn(town, programme, on)
  return Number(row?.['id']) as OccurrenceId
}

export function codeOf(town: Town, programme = LESSON, on = LESSON_DAY): string {
  return String(occurrenceOn(town, programme, on)?.['code'])
}

function occurrenceOn(town: Town, programme: string, on: string) {
  return town
    .rows('occurrence')
    .find((r) => r['programme'] === programme && r['scheduled_on'] === on)
}

/** Who is on the list of the lesson, with their state, in the order of coming. */
export function listed(town: Town, no = numberOf(town)): string[] {
  return town
    .rows('sign_up')
    .filter((r) => r['occurrence_id'] === no)
    .sort((a, b) => Number(a['turn']) - Number(b['turn']))
    .map((r) => `${r['name']} ${r['state']}`)
}
