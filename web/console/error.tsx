import type { Context } from 'hono'
import { type PlainKey, phrase, render } from '../../content/i18n.ts'
import type { Refused } from '../http.ts'
import { doorPage } from './layout.tsx'
import { languageOf } from './view.ts'

type Words = readonly [title: PlainKey, text: PlainKey]

const BROKEN: Words = ['console.error.broken', 'console.error.brokenText']

/** What a person reads instead of the page, by the status of the refusal. */
const WORDS: Readonly<Record<number, Words>> = {
  404: ['console.error.notFound', 'console.error.notFoundText'],
  403: ['console.error.notAllowed', 'console.error.notAllowedText'],
  413: ['console.error.tooLarge', 'console.error.tooLargeText'],
}

const STALE: Words = ['console.error.stale', 'console.error.staleText']

/** The page for what was refused or broke, in the reader's language. */
export function consoleErrorPage(c: Context, { status, code }: Refused) {
  const lang = languageOf(c)
  const isStale = code === 'wrong_form' || code === 'foreign_origin'
  const [title, text] = isStale ? STALE : (WORDS[status] ?? BROKEN)
  return doorPage(
    lang,
    render(phrase(title), lang),
    <>
      <p>{render(phrase(text), lang)}</p>
      <p>
        <a href="/console/today">{render(phrase('console.error.back'), lang)}</a>
      </p>
    </>,
  )
}
