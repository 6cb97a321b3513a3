import { dateIn, partsOf, systemNow } from '../../content/time.ts'
import { envOf, say, settings } from './context.ts'

/** `linli check`: settings and content. Wrong ones are thrown as errors that list every problem. */
export function check(): void {
  const { config } = settings()
  const env = envOf(config)
  say(
    `Settings: fine. Content in ${config.content}: fine (${env.content.programmes.length} programmes).`,
  )
  const { year } = partsOf(dateIn(config.zone, systemNow()))
  for (const each of [year, year + 1]) {
    if (!env.calendar.isOfficial(each)) say(calendarWarning(each))
  }
}

export function calendarWarning(year: number): string {
  return `WARNING: there is no official holiday table for ${year} yet. Programmes of ${year} are planned as provisional. Update the calendar library when the table is published, or enter it under "corrections" in content/community/calendar.yaml.`
}
