import { phrase, type Value } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { placeName } from '../../content/places.ts'
import { dateIn, type Instant, type LocalDate, partsOf, timeIn } from '../../content/time.ts'
import { dayPhrase } from '../../handlers/core/dates.ts'
import type { Option } from './parts.tsx'
import type { View } from './view.ts'

/** How things are written on pages. */

/** A day in words: 明天(11月25日 周三). */
export function dayText(view: View, day: LocalDate): string {
  return view.say(dayPhrase(day, dateIn(view.deps.env.zone, view.now)))
}

/** A month in words: 2026年11月. */
export function monthText(view: View, month: LocalDate): string {
  const { year, month: no } = partsOf(month)
  return view.t('console.month', { year, month: no })
}

/** A moment in the community's zone: 今天(11月24日 周二) 15:00. Empty for none. */
export function whenText(view: View, at: Instant | null | undefined): string {
  if (at === null || at === undefined) return ''
  const { zone } = view.deps.env
  return `${dayText(view, dateIn(zone, at))} ${timeIn(zone, at)}`
}

/** A moment as lists for office programs have it: 2026-11-24 15:00, in the community's zone. Empty for none. */
export function stampText(view: View, at: Instant | null | undefined): string {
  const { zone } = view.deps.env
  return at ? `${dateIn(zone, at)} ${timeIn(zone, at)}` : ''
}

/** The name of a place of the community's map; empty for none. */
export function placeText(view: View, id: PlaceId | null | undefined): string {
  return id ? placeName(view.deps.env.content.community, id, view.lang) : ''
}

/** The places around which groups and beats are: all but units. */
export function placeOptions(view: View): Option[] {
  return view.deps.env.content.community.places
    .filter((place) => place.kind !== 'unit')
    .map(({ id }) => ({ value: id, label: placeText(view, id) }))
}

/** What an activity is about, on its own: in a sentence it follows the name after a mark. */
export function topicText(view: View, topic: Value | undefined): string {
  return sayText(view, topic).replace(/^[·:：\s]+/, '')
}

/** Something that may be said, worded; empty for nothing. */
export function sayText(view: View, value: Value | undefined): string {
  return value === undefined ? '' : view.say(phrase('console.words', { words: value }))
}
