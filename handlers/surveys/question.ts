import { phrase, type Say } from '../../content/i18n.ts'
import type { Lang, Localized } from '../../content/schema.ts'
import { choices, type Item, questionText } from '../../content/survey-schema.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import { takesDigit } from './compact.ts'
import { headline } from './quoted.ts'
import { questionnaireOf } from './record.ts'

/** How questions are put: one of them, or all at once. */

/** The index that stands for all items at once. */
export const ALL_ITEMS = -1

/** What a group reads: the question at `index`, or all of them. */
export function groupQuestion(round: RoundRow, index: number, lang: Lang, bot: string): Say {
  if (index === ALL_ITEMS) return allQuestions(round, lang, bot)
  const survey = questionnaireOf(round)
  const item = survey.items[index]
  if (item === undefined) throw new Error(`round ${round.id} has no item ${index}`)
  return [
    headline(survey, index, 'room'),
    ...(index === 0 ? [phrase('surveys.note', { note: survey.intro })] : []),
    asked(item, lang),
    howTo(item, bot),
    ...(index === 0 ? [phrase('surveys.howPrivate', { bot }), ...terms(round)] : []),
  ]
}

/** The question with its choices, and how several of them are chosen. */
export function asked(item: Item, lang: Lang): Say {
  return phrase('surveys.note', { note: literal(questionText(item, lang)) })
}

/** How to answer one item in a group. */
function howTo(item: Item, bot: string): Say {
  if (item.type === 'text') return phrase('surveys.howText', { bot })
  return several(item).at(0) ?? phrase('surveys.howOne')
}

/** How several options are chosen, where they may be; nothing elsewhere. */
export function several(item: Item): Say[] {
  const many = item.type === 'multiple' || (item.type === 'knowledge' && item.choose === 'many')
  return many ? [phrase('surveys.howMany', { example: '12' })] : []
}

function allQuestions(round: RoundRow, lang: Lang, bot: string): Say {
  const { title, intro, items } = questionnaireOf(round)
  // The levels need to be read once only.
  const alike = items.every((item) => item.type === 'scale')
  return [
    phrase('surveys.title', { title }),
    phrase('surveys.note', { note: intro }),
    ...items.map((item, i) => listed(item, i, alike ? '' : optionsOf(item, lang))),
    ...(alike ? [phrase('surveys.scale')] : []),
    howToAll(items, bot),
    ...terms(round),
  ]
}

/** One line, so that a long message is not parted between a question and its options. */
function listed({ text }: Item, index: number, options: string): Say {
  const no = index + 1
  return options === ''
    ? phrase('surveys.item', { no, text })
    : phrase('surveys.itemOptions', { no, text, options })
}

function optionsOf(item: Item, lang: Lang): string {
  return choices(item)
    .map(({ digit, text }) => `${digit} ${text[lang]}`)
    .join('　')
}

/** How to answer all items in one message. */
export function howToAll(items: readonly Item[], bot: string): Say {
  return items.every(takesDigit)
    ? phrase('surveys.howAll', { n: items.length, example: exampleFor(items) })
    : phrase('surveys.howAllPrivate', { bot })
}

/** Digits that could be the answers to these items; they begin with no 1, lest they look like a number to call. */
export function exampleFor(items: readonly Item[]): string {
  return items
    .map((item, i) => {
      if (item.type === 'scale') return [5, 4, 4, 3, 5][i % 5]
      const count = choices(item).filter(({ digit }) => digit > 0).length
      return ((i + 1) % count) + 1
    })
    .join('')
}

/** Who learns what was answered, and whose voices are one. */
function terms(round: RoundRow): Say[] {
  return [
    phrase(round.anonymous === 1 ? 'surveys.anonymous' : 'surveys.confidential'),
    ...(round.unit === 'household' ? [phrase('surveys.household')] : []),
  ]
}

function literal(text: string): Localized {
  return { 'zh-CN': text, 'zh-TW': text, en: text }
}
