import { plus } from '../../content/time.ts'
import { lastClosedBy } from '../../db/queries/case-event.ts'
import { casePhotos } from '../../db/queries/case-evidence.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Answer, Ctx, Look, PhotoTaker, Sender } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import { MOST_PHOTOS, photoProblem } from './photos.ts'
import { addPhoto } from './service.ts'

/** Pictures of what was done: sent by whoever closed a case, just before or after 办结. */

const AFTER_MINUTES = 3

function closedBy(look: Look, { who, where }: Sender): CaseId | undefined {
  if (where === 'room' || !may(who.role, 'handler')) return undefined
  return lastClosedBy(look.db, who.id, plus(look.now, { minutes: -AFTER_MINUTES }))
}

export const closingPhotos: PhotoTaker = {
  wants: (look, from) => closedBy(look, from) !== undefined,
  take: (ctx: Ctx, image): Answer => {
    const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
    const id = closedBy(look, ctx)
    if (id === undefined) return undefined
    if (!image.ok) return photoProblem(image.error)
    const closing = casePhotos(ctx.tx, [id]).filter((photo) => photo.stage === 'closing')
    if (closing.length < MOST_PHOTOS) addPhoto(ctx, id, image.value, { stage: 'closing' })
    return undefined
  },
}
