import { phrase } from '../../content/i18n.ts'
import { beginPause } from '../../db/queries/case-event.ts'
import { insertCasePhoto, insertRevisit } from '../../db/queries/case-evidence.ts'
import { complaintsOf } from '../../db/queries/complaint.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { CaseId, CasePhotoTable, ComplaintId, Rating } from '../../db/schema-reports.ts'
import type { Work } from '../core/feature.ts'
import { err } from '../core/result.ts'
import { type Changed, perform } from './cases.ts'
import { standingFor } from './combine.ts'
import { standing } from './filing.ts'
import { MOST_DAYS } from './refusals.ts'
import type { Actor } from './rights.ts'

/**
 * What is done with a case, from 受理 to 归档. Each is one step of one transaction: looked up in the transition table,
 * written with its event. A refusal is a phrase for whoever asked. See filing.ts for what residents do, combine.ts for
 * merging, ledger.ts for the evidence, view.ts for looking.
 */

export interface Extra {
  /** For the reporters; flats, phone numbers and reporters' names are taken out. */
  readonly note?: string | undefined
  /** For those who handle it. */
  readonly internal?: string | undefined
  /** The version that was on the screen: somebody else's change in between is a refusal. */
  readonly seen?: number | undefined
}

/** 受理. */
export function accept(work: Work, by: Actor, id: CaseId, extra: Extra = {}): Changed {
  return perform(work, by, id, { action: 'accept', ...notes(extra) })
}

/** 不予受理; the reporter is told why. */
export function reject(
  work: Work,
  by: Actor,
  id: CaseId,
  { reason, ...extra }: Extra & { readonly reason: string },
): Changed {
  return perform(
    work,
    by,
    id,
    { action: 'reject', given: given({ reason }), ...notes(extra), publicNote: reason },
    (row) => ({ responded_at: row.responded_at ?? work.now, closed_at: work.now }),
  )
}

/** 派单, or to somebody else. */
export function assign(
  work: Work,
  by: Actor,
  id: CaseId,
  { assignee, ...extra }: Extra & { readonly assignee: ResidentId | undefined },
): Changed {
  if (assignee !== undefined) {
    const who = residentById(work.tx, assignee)
    if (who === undefined || who.role === 'resident' || who.merged_into !== null) {
      return err(phrase('reports.refuse.notStaff', { name: who?.name ?? '' }))
    }
  }
  return perform(
    work,
    by,
    id,
    {
      action: 'assign',
      given: assignee === undefined ? [] : ['assignee'],
      ...notes(extra),
      detail: { assignee: assignee ?? null },
    },
    () => (assignee === undefined ? {} : { assignee_id: assignee }),
  )
}

/** 办理中; who begins a case that nobody has, has it. */
export function start(work: Work, by: Actor, id: CaseId, extra: Extra = {}): Changed {
  return perform(work, by, id, { action: 'start', ...notes(extra) }, (row) => ({
    assignee_id: row.assignee_id ?? by.id,
  }))
}

/** Somebody got in touch with the reporter: the first time is what 响应率 counts. */
export function respond(work: Work, by: Actor, id: CaseId, extra: Extra = {}): Changed {
  return perform(work, by, id, { action: 'respond', ...notes(extra) }, (row) => ({
    responded_at: row.responded_at ?? work.now,
  }))
}

/** 退回: whoever has the case cannot do it; it goes back to be assigned again. */
export function giveBack(work: Work, by: Actor, id: CaseId, reason: string): Changed {
  return perform(
    work,
    by,
    id,
    { action: 'giveBack', given: given({ reason }), internalNote: reason },
    () => ({ assignee_id: null }),
  )
}

export interface Photo
  extends Pick<CasePhotoTable, 'hash' | 'mime' | 'width' | 'height' | 'bytes'> {}

/** 办结: the handler is done and says how. Whether it is solved, the resident says at the revisit. */
export function close(
  work: Work,
  by: Actor,
  id: CaseId,
  { photos = [], ...extra }: Extra & { readonly photos?: readonly Photo[] },
): Changed {
  const changed = perform(
    work,
    by,
    id,
    { action: 'close', given: given({ note: extra.note }), ...notes(extra) },
    (row) => ({ responded_at: row.responded_at ?? work.now, closed_at: work.now }),
  )
  if (changed.ok) for (const photo of photos) addPhoto(work, id, photo, { stage: 'closing' })
  return changed
}

/** A picture of a case, stored already; the same one is kept once. */
export function addPhoto(
  work: Work,
  id: CaseId,
  photo: Photo,
  of: { readonly stage: CasePhotoTable['stage']; readonly complaint?: ComplaintId },
): void {
  const { hash, mime, width, height, bytes } = photo
  insertCasePhoto(work.tx, {
    case_id: id,
    complaint_id: of.complaint ?? null,
    stage: of.stage,
    hash,
    mime,
    width,
    height,
    bytes,
    at: work.now,
  })
}

/** 延期 by working days; the reporter is told why. */
export function extend(
  work: Work,
  by: Actor,
  id: CaseId,
  { days, reason, seen }: { days: number; reason: string; seen?: number | undefined },
): Changed {
  const fits = Number.isInteger(days) && days >= 1 && days <= MOST_DAYS
  return perform(
    work,
    by,
    id,
    {
      action: 'extend',
      given: [...(fits ? (['days'] as const) : []), ...given({ reason })],
      publicNote: reason,
      detail: { days },
      seen,
    },
    (row) => ({
      extension_days: row.extension_days + days,
      extensions: row.extensions + 1,
    }),
  )
}

/** The deadlines stand still while the resident must do something. */
export function pause(work: Work, by: Actor, id: CaseId, reason: string): Changed {
  const act = { action: 'pause', given: given({ reason }), publicNote: reason } as const
  return perform(work, by, id, act, () => {
    beginPause(work.tx, id, work.now)
    return {}
  })
}

/** 催办, by staff or by the reporter. */
export function urge(work: Work, by: Actor, id: CaseId, extra: Extra = {}): Changed {
  return perform(work, by, id, { action: 'urge', ...notes(extra) })
}

/** 督办: on top of the state, until the case is closed. */
export function supervise(work: Work, by: Actor, id: CaseId, extra: Extra = {}): Changed {
  return perform(work, by, id, { action: 'supervise', ...notes(extra) }, (row) => ({
    supervised_at: row.supervised_at ?? work.now,
  }))
}

/** 移送: to 12345, 城管 …; the reporter is told where to. */
export function transfer(
  work: Work,
  by: Actor,
  id: CaseId,
  { where, ...extra }: Extra & { readonly where: string },
): Changed {
  return perform(
    work,
    by,
    id,
    { action: 'transfer', given: given({ where }), ...notes(extra), detail: { where } },
    (row) => ({
      transferred_to: where.trim(),
      responded_at: row.responded_at ?? work.now,
      closed_at: work.now,
    }),
  )
}

export interface RevisitAnswer {
  readonly result: 'solved' | 'unsolved'
  readonly rating?: Rating | undefined
}

/** 回访: what the resident says of the result, told to Linli or noted by staff. 未解决 opens the case again. */
export function revisit(work: Work, by: Actor, number: CaseId, answer: RevisitAnswer): Changed {
  const id = standingFor(work.tx, number)
  const { result, rating } = answer
  const changed = perform(
    work,
    by,
    id,
    { action: 'revisit', detail: { result, rating: rating ?? null } },
    (row) => ({
      revisit_result: result,
      rating: rating ?? row.rating,
      revisited_at: work.now,
    }),
  )
  if (!changed.ok) return changed
  insertRevisit(work.tx, {
    case_id: id,
    at: work.now,
    result,
    rating: rating ?? null,
    by_reporter: changed.value.acting === 'reporter' ? 1 : 0,
  })
  return result === 'unsolved' ? openAgain(work, by, id, { given: ['reason'] }) : changed
}

/** 未联系上: counted beside the others, never as satisfied. */
export function unreached(work: Work, by: Actor | undefined, id: CaseId): Changed {
  const changed = perform(work, by, id, { action: 'unreached' }, () => ({
    revisit_result: 'unreached',
    revisited_at: work.now,
  }))
  if (changed.ok) {
    insertRevisit(work.tx, {
      case_id: id,
      at: work.now,
      result: 'unreached',
      rating: null,
      by_reporter: 0,
    })
  }
  return changed
}

/** 重新办理: the time to resolve begins anew. */
export function reopen(work: Work, by: Actor, id: CaseId, reason: string): Changed {
  return openAgain(work, by, id, { given: given({ reason }), internalNote: reason })
}

function openAgain(
  work: Work,
  by: Actor,
  id: CaseId,
  act: { readonly given: readonly 'reason'[]; readonly internalNote?: string },
): Changed {
  return perform(work, by, id, { action: 'reopen', ...act }, (row) => ({
    reopened: row.reopened + 1,
    reopened_at: work.now,
    extension_days: 0,
    extensions: 0,
    closed_at: null,
    supervised_at: null,
    revisit_result: null,
    rating: null,
    revisited_at: null,
    transferred_to: null,
  }))
}

/** 归档: from now on it can only be added to. */
export function archive(work: Work, by: Actor | undefined, id: CaseId): Changed {
  return perform(work, by, id, { action: 'archive' }, () => ({ archived_at: work.now }))
}

/** A remark: `note` for the reporters, `internal` for those who handle it. */
export function remark(work: Work, by: Actor, id: CaseId, extra: Extra): Changed {
  const said = { note: `${extra.note ?? ''}${extra.internal ?? ''}` }
  return perform(work, by, id, { action: 'note', given: given(said), ...notes(extra) })
}

/** Whether a summary may be shown outside of the staff; only where every reporter agreed. */
export function publish(work: Work, by: Actor, id: CaseId, shown: boolean): Changed {
  const agreed = standing(complaintsOf(work.tx, id)).every((c) => c.consent === 1)
  if (shown && !agreed) return err(phrase('reports.refuse.noConsent', { no: id }))
  return perform(work, by, id, { action: 'publish', detail: { shown: shown ? 1 : 0 } }, () => ({
    public: shown ? 1 : 0,
  }))
}

function notes(extra: Extra) {
  return { publicNote: extra.note, internalNote: extra.internal, seen: extra.seen }
}

/** Which of the words were really given. */
function given<N extends 'note' | 'reason' | 'where'>(
  words: Readonly<Record<N, string | undefined>>,
): N[] {
  return (Object.keys(words) as N[]).filter((name) => (words[name]?.trim() ?? '') !== '')
}
