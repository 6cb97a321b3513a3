import { phrase, type Say } from '../../content/i18n.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { photosOfComplaint } from '../../db/queries/case-evidence.ts'
import { complaintOn } from '../../db/queries/complaint.ts'
import type { Answer, Ctx, Listener, Look, PhotoTaker } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { SPEAK_UP } from '../understanding/service.ts'
import { isPaused, resume } from './cases.ts'
import { factsAlone } from './facts.ts'
import { addWords } from './filing.ts'
import { meaningOf } from './intake.ts'
import { aboutCase } from './lines.ts'
import { MOST_PHOTOS, photoProblem } from './photos.ts'
import { addPhoto } from './service.ts'
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

/** A picture in the direct chat is an answer too, where one case waits. */
export const waitingPhotos: PhotoTaker = {
  wants: (look, { who, where }) => where === 'direct' && onlyWaiting(look, who.id) !== undefined,
  take: (ctx, image) => {
    const row = onlyWaiting({ db: ctx.tx, now: ctx.now, env: ctx.env }, ctx.who.id)
    const report = row && complaintOn(ctx.tx, row.id, ctx.who.id)
    if (row === undefined || report === undefined) return undefined
    if (!image.ok) return photoProblem(image.error)
    if (photosOfComplaint(ctx.tx, report.id) < MOST_PHOTOS) {
      addPhoto(ctx, row.id, image.value, { stage: 'report', complaint: report.id })
    }
    const changed = resume(ctx, ctx.who, row.id)
    return changed.ok ? phrase('reports.answered', { no: row.id }) : changed.error
  },
}

function onlyWaiting(look: Look, resident: Ctx['who']['id']): CaseRow | undefined {
  const [only, ...others] = waitingFor(look, resident)
  return others.length === 0 ? only : undefined
}

function waitingFor(look: Look, resident: Ctx['who']['id']): CaseRow[] {
  const rows = ownReports(look, resident)
    .filter((own) => !own.withdrawn && isOpen(own.case.state))
    .map((own) => own.case)
  return rows.filter((row, i) => {
    return isPaused(look.db, row.id) && rows.findIndex((other) => other.id === row.id) === i
  })
}

/** A new problem of another kind is no answer; a bare place or time is one. */
function isAnother(look: Look, words: string, row: CaseRow): boolean {
  if (factsAlone(look, words) !== undefined) return false
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
