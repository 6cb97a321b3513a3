import { type PlainKey, phrase, type Say } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { photosOfComplaint } from '../../db/queries/case-evidence.ts'
import { latestComplaint } from '../../db/queries/complaint.ts'
import type { Answer, Ctx, DialogueStep, Look, PhotoTaker, Sender } from '../core/feature.ts'
import type { PhotoProblem, Picture } from '../core/ports.ts'
import type { Draft } from './draft.ts'
import { addPhoto } from './service.ts'

/** Pictures of a problem: sent while it is being reported, or just after. */

/** More show nothing new. */
export const MOST_PHOTOS = 9
/** A picture that comes so soon after a report belongs to it. */
const AFTER_MINUTES = 3

const PROBLEMS = {
  notAPhoto: 'reports.photo.notAPhoto',
  heic: 'reports.photo.heic',
  tooLarge: 'reports.photo.tooLarge',
  damaged: 'reports.photo.damaged',
  tooMany: 'reports.photo.tooMany',
  unavailable: 'reports.photo.unavailable',
} as const satisfies Record<PhotoProblem, PlainKey>

export function photoProblem(problem: PhotoProblem): Say {
  return phrase(PROBLEMS[problem])
}

/** A picture joins the draft without a word; what is wrong with one is told. */
export function takeDraftImage(draft: Draft, image: Picture): DialogueStep {
  if (!image.ok) return { answer: photoProblem(image.error), next: draft }
  if (draft.photos.some((photo) => photo.hash === image.value.hash)) {
    return { answer: undefined, next: draft }
  }
  const photos = [...draft.photos, image.value]
  if (photos.length > MOST_PHOTOS) return { answer: undefined, next: draft }
  const answer =
    photos.length === MOST_PHOTOS ? phrase('reports.photo.enough', { n: MOST_PHOTOS }) : undefined
  return { answer, next: { ...draft, photos } }
}

function latest(look: Look, { who, room }: Sender) {
  const since = plus(look.now, { minutes: -AFTER_MINUTES })
  return latestComplaint(look.db, who.id, room?.id, since)
}

export const reportPhotos: PhotoTaker = {
  wants: (look, from) => from.where !== 'staff-room' && latest(look, from) !== undefined,
  take: (ctx: Ctx, image: Picture): Answer => {
    const report = latest({ db: ctx.tx, now: ctx.now, env: ctx.env }, ctx)
    if (report === undefined) return undefined
    if (!image.ok) return photoProblem(image.error)
    if (photosOfComplaint(ctx.tx, report.id) >= MOST_PHOTOS) return undefined
    addPhoto(ctx, report.case_id, image.value, { stage: 'report', complaint: report.id })
    return undefined
  },
}
