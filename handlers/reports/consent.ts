import { phrase } from '../../content/i18n.ts'
import { complaintOn } from '../../db/queries/complaint.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { type Answer, type Command, command } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import { standingFor } from './combine.ts'
import { agree } from './filing.ts'
import { aboutCase } from './lines.ts'
import { publish } from './service.ts'

/** `公开 1042`, `不公开 1042`: whether the group may hear how it ended, without names and flats. */
const consent = command({
  name: 'reports.consent',
  role: 'resident',
  where: ['room', 'direct'],
  bare: ['room'],
  help: { what: 'reports.help.consent', example: 'reports.example.consent' },
  parse: ({ text }) => {
    const found = /^(不|不要|别|取消)?(?:同意)?公开\s*#?\s*(\d{3,9})号?$/u.exec(text)
    if (found === null) return undefined
    return { id: Number(found[2]) as CaseId, shown: found[1] === undefined }
  },
  run: (ctx, { id: number, shown }): Answer => {
    const id = standingFor(ctx.tx, number)
    const own = complaintOn(ctx.tx, id, ctx.who.id)
    if (own === undefined && may(ctx.who.role, 'staff')) {
      const changed = publish(ctx, ctx.who, id, shown)
      if (!changed.ok) return changed.error
      const about = aboutCase(ctx.env, changed.value.case)
      return phrase(shown ? 'cases.published' : 'cases.unpublished', { no: id, about })
    }
    const changed = agree(ctx, ctx.who, id, shown)
    if (!changed.ok) return changed.error
    return phrase(shown ? 'reports.agreed' : 'reports.disagreed', { no: id })
  },
})

export const consentCommands: readonly Command[] = [consent]
