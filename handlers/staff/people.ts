import { type Phrase, phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import {
  hasMerged,
  insertResident,
  type ResidentRow,
  residentById,
  staffList,
  updateResident,
} from '../../db/queries/resident.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId, Role } from '../../db/schema.ts'
import type { Ctx, Work } from '../core/feature.ts'
import { confirm } from '../core/identity.ts'
import { err, ok, type Result } from '../core/result.ts'
import {
  countFailure,
  forgetFailures,
  hashPin,
  lockedMinutes,
  makeCode,
  pinMatches,
  redeem,
} from '../core/secrets.ts'
import { divideSignUps, uniteSignUps } from '../programmes/service.ts'
import { divideAnswers, uniteAnswers } from '../surveys/service.ts'

interface StaffGrant {
  readonly resident: ResidentId
}

/** Registers a staff member (or finds the one of that name and role) and makes the code that binds a chat account. */
export function addStaff(
  work: Work,
  by: ResidentId | undefined,
  person: {
    readonly name: string
    readonly role: Exclude<Role, 'resident'>
    readonly beat?: PlaceId
  },
): { readonly id: ResidentId; readonly code: string } {
  const known = staffList(work.tx).find((s) => s.name === person.name && s.role === person.role)
  const id =
    known?.id ??
    insertResident(work.tx, {
      name: person.name,
      role: person.role,
      beat: person.beat ?? null,
      created_at: work.now,
    })
  if (known && person.beat !== undefined) updateResident(work.tx, id, { beat: person.beat })
  audit(work.tx, {
    at: work.now,
    by,
    action: 'staff.add',
    subject: `resident ${id}`,
    details: { role: person.role },
  })
  return { id, code: makeCode(work, 'staff', { resident: id } satisfies StaffGrant) }
}

/** Binds the speaker's chat account to the staff member whom the code names. */
export function bindStaff(ctx: Ctx, code: string): Result<ResidentRow, Phrase> {
  const subject = `staff-code:${ctx.session}:${ctx.message.sender.platformId}`
  const locked = lockedMinutes(ctx, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  const grant = redeem(ctx, 'staff', code) as StaffGrant | undefined
  const row = grant && residentById(ctx.tx, grant.resident)
  if (row === undefined) {
    countFailure(ctx, subject)
    return err(phrase('staff.error.staffCode'))
  }
  if (ctx.who.id !== row.id && ctx.who.record === 'resident' && !hasMerged(ctx.tx, ctx.who.id)) {
    uniteSignUps(ctx, ctx.who.id, row.id)
    updateResident(ctx.tx, ctx.who.id, { merged_into: row.id })
  }
  confirm(ctx, ctx.session, ctx.message.sender.platformId, row.id, 'code')
  audit(ctx.tx, { at: ctx.now, by: row.id, action: 'staff.bind', subject: `resident ${row.id}` })
  return ok(row)
}

/** Sets the speaker's PIN. A PIN that is there is changed only by somebody whose role is confirmed. */
export function setPin(ctx: Ctx, pin: string): Result<true, Phrase> {
  const row = residentById(ctx.tx, ctx.who.id)
  if (row === undefined || row.role === 'resident') return err(phrase('core.notAllowed'))
  if (ctx.who.role === 'resident') return err(phrase('staff.confirmFirst'))
  return keepPin(ctx, row.id, pin)
}

function keepPin(work: Work, id: ResidentId, pin: string): Result<true, Phrase> {
  if (/^(\d)\1*$/.test(pin) || '012345678909876543210'.includes(pin)) {
    return err(phrase('staff.error.weakPin'))
  }
  updateResident(work.tx, id, { pin_hash: hashPin(pin, work.env.random.token()) })
  audit(work.tx, { at: work.now, by: id, action: 'staff.pin', subject: `resident ${id}` })
  return ok(true)
}

/** Changes somebody's own PIN: whoever sits at an open page must know the old one. */
export function changePin(
  work: Work,
  id: ResidentId,
  pins: { readonly old: string; readonly fresh: string },
): Result<true, Phrase> {
  const row = residentById(work.tx, id)
  if (row?.pin_hash == null) return err(phrase('staff.error.noPin'))
  const checked = tryPin(work, row, row.pin_hash, pins.old)
  return checked.ok ? keepPin(work, id, pins.fresh) : checked
}

/** Checks the speaker's PIN; wrong ones are counted and lock it for a while. */
export function checkPin(ctx: Ctx, pin: string): Result<ResidentRow, Phrase> {
  const row = residentById(ctx.tx, ctx.who.id)
  if (row === undefined || ctx.who.record === 'resident') return err(phrase('core.notAllowed'))
  if (row.pin_hash === null) return err(phrase('staff.error.noPin'))
  return tryPin(ctx, row, row.pin_hash, pin)
}

function tryPin(
  work: Work,
  row: ResidentRow,
  kept: string,
  pin: string,
): Result<ResidentRow, Phrase> {
  const subject = `pin:${row.id}`
  const locked = lockedMinutes(work, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  if (!pinMatches(pin, kept)) {
    countFailure(work, subject)
    return err(phrase('staff.error.wrongPin'))
  }
  forgetFailures(work, subject)
  return ok(row)
}

/** Confirms the speaker's role in this login session. */
export function confirmByPin(ctx: Ctx, pin: string): Result<ResidentRow, Phrase> {
  const checked = checkPin(ctx, pin)
  if (!checked.ok) return checked
  confirm(ctx, ctx.session, ctx.message.sender.platformId, checked.value.id, 'pin')
  audit(ctx.tx, {
    at: ctx.now,
    by: checked.value.id,
    action: 'staff.confirm',
    subject: `resident ${checked.value.id}`,
  })
  return checked
}

/** Two rows are one person: what `from` did counts for `into` from now on. */
export function merge(
  work: Work,
  by: ResidentId,
  from: ResidentId,
  into: ResidentId,
): Result<true, Phrase> {
  const a = residentById(work.tx, from)
  const b = residentById(work.tx, into)
  if (a === undefined || a.merged_into !== null) {
    return err(phrase('staff.error.noResident', { no: from }))
  }
  if (b === undefined || b.merged_into !== null) {
    return err(phrase('staff.error.noResident', { no: into }))
  }
  if (from === into || a.role !== 'resident' || hasMerged(work.tx, from)) {
    return err(phrase('staff.error.cannotMerge'))
  }
  uniteAnswers(work, from, into)
  uniteSignUps(work, from, into)
  updateResident(work.tx, from, { merged_into: into })
  audit(work.tx, {
    at: work.now,
    by,
    action: 'resident.merge',
    subject: `resident ${from}`,
    details: { into },
  })
  return ok(true)
}

export function unmerge(work: Work, by: ResidentId, id: ResidentId): Result<true, Phrase> {
  const row = residentById(work.tx, id)
  if (row === undefined || row.merged_into === null) {
    return err(phrase('staff.error.notMerged', { no: id }))
  }
  updateResident(work.tx, id, { merged_into: null })
  divideAnswers(work, id, row.merged_into)
  divideSignUps(work, id, row.merged_into)
  audit(work.tx, {
    at: work.now,
    by,
    action: 'resident.unmerge',
    subject: `resident ${id}`,
    details: { from: row.merged_into },
  })
  return ok(true)
}
