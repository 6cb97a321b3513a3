import { phrase, render, type Say } from '../../content/i18n.ts'
import { LANGS, type Localized } from '../../content/schema.ts'
import type { Questionnaire } from '../../content/survey-schema.ts'

/** Which part of a round somebody answers who quotes what Linli said. */
export type Quoted =
  | { readonly kind: 'item'; readonly item: number }
  /** Something else about this survey: all questions at once, a reminder, how many have taken part. */
  | { readonly kind: 'survey' }
  | { readonly kind: 'other' }

/** The line by which the question at `index` is known, in the group or in the direct chat. */
export function headline(survey: Questionnaire, index: number, where: 'room' | 'direct'): Say {
  const place = { no: index + 1, total: survey.items.length }
  return where === 'direct'
    ? phrase('surveys.step', place)
    : phrase('surveys.daily', { title: survey.title, ...place })
}

/**
 * What a quote of Linli's own words is about. Networks cut and reflow what they quote, and the group may have been
 * given another language since: the question's headline decides, in whichever language.
 */
export function quotedPart(
  survey: Questionnaire,
  quoted: string,
  where: 'room' | 'direct',
): Quoted {
  const text = letters(quoted)
  const says = (say: Say) => LANGS.some((lang) => text.includes(letters(render(say, lang))))
  const item = survey.items.findIndex(
    (each, i) =>
      says(headline(survey, i, where)) &&
      begins(text, i === 0 ? [survey.intro, each.text] : [each.text]),
  )
  if (item >= 0) return { kind: 'item', item }
  return { kind: says(phrase('surveys.title', { title: survey.title })) ? 'survey' : 'other' }
}

/** So much of a question tells it from that of another survey with as many questions. */
const ENOUGH = 6

function begins(quoted: string, texts: readonly Localized[]): boolean {
  return texts.some((text) =>
    Object.values(text).some((words) => quoted.includes(letters(words).slice(0, ENOUGH))),
  )
}

function letters(text: string): string {
  return text.replace(/\s/g, '')
}
