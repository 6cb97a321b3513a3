import type { RoundRow } from '../../db/queries/round.ts'
import { roundFigures } from '../../handlers/surveys/report.ts'
import { openTown, type Person, type Town, type TownOptions } from './town.ts'

/** A town in which staff have just opened a round, with the `extra` words, and the first question has been asked. */
export async function townWithRound(extra = '', options: TownOptions = {}) {
  const town = openTown({
    now: '2026-11-24T12:00:00+08:00',
    rounds: true,
    lectures: false,
    ...options,
  })
  const staff = town.staff('小李', 'staff')
  town.compare()
  await staff.says(`调查 开始 ${extra.includes('环保') ? '' : '满意度'} ${extra}`)
  town.heard()
  return { town, staff }
}

/** The town's first round. */
export function roundOf(town: Town): RoundRow {
  const [row] = town.rows('round')
  if (row === undefined) throw new Error('no round')
  return row as unknown as RoundRow
}

export function figures(town: Town) {
  return roundFigures(town.db, town.env, roundOf(town))
}

/** How often each value was given to the first item. */
export function firstCounts(town: Town) {
  return figures(town).items[0]?.counts
}

/** Staff call the running round off, and confirm it. */
export async function callOff(town: Town, staff: Person): Promise<void> {
  town.heard()
  await staff.says('调查 取消')
  await staff.says(`确认 ${/确认 (\d{6})/.exec(town.heard().at(-1)?.text ?? '')?.[1]}`)
}

/** Staff look at the results and publish them; gives what was said to anybody meanwhile. */
export async function publish(town: Town, staff: Person, measures = '') {
  town.heard()
  await staff.says(`调查 发布 ${measures}`)
  const heard = town.heard()
  const code = /确认 (\d{6})/.exec(heard.at(-1)?.text ?? '')?.[1]
  if (code === undefined) return heard
  await staff.says(`确认 ${code}`)
  return town.heard()
}
