import { phrase, type Say } from '../../content/i18n.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import type { Answer, Ctx, Listener, Look } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { SPEAK_UP } from '../understanding/service.ts'
import { isPaused } from './cases.ts'
import { addWords } from './filing.ts'
import { meaningOf } from './intake.ts'
import { aboutCase } from './lines.ts'
import { isOpen } from './transitions.ts'
import { ownReports } from './view.ts'

/** A case that waits for its reporter goes on with what they say in the direct chat, in whatever words. */
export const waitingListener: Listener = {
  name: 'reports.waiting',
  hear: () => undefined,
  hearPrivately: (look, said, speaker) => {
    if (speaker === undefined || isWord(said.text, look.env.content.words['courtesy'])) {
      return undefined
    }
    const [only, ...others] = waitingFor(look, speaker.id)
    if (only === undefined || isAnother(look, said.words, only)) return undefined
    return (ctx) =>
      others.length === 0 ? answer(ctx, only, said.words) : whichOne(ctx, [only, ...others])
  },
}

function waitingFor(look: Look, resident: Ctx['who']['id']): CaseRow[] {
  const rows = ownReports(look, resident)
    .filter((own) => !own.withdrawn && isOpen(own.case.state))
    .map((own) => own.case)
  return rows.filter((row, i) => {
    return isPaused(look.db, row.id) && rows.findIndex((other) => other.id === row.id) === i
  })
}

/** A new problem of another kind is no answer. */
function isAnother(look: Look, words: string, row: CaseRow): boolean {
  const { intent, category, confidence } = meaningOf(look, words, 'direct')
  return intent === 'report' && confidence >= SPEAK_UP && category !== row.category
}

function answer(ctx: Ctx, { id }: CaseRow, words: string): Answer {
  const changed = addWords(ctx, ctx.who, id, words)
  return changed.ok ? phrase('reports.answered', { no: id }) : changed.error
}

function whichOne({ env }: Ctx, rows: readonly CaseRow[]): Say {
  return [
    phrase('reports.whichWaits'),
    ...rows.map((row) => phrase('reports.waits', { no: row.id, about: aboutCase(env, row) })),
  ]
}
