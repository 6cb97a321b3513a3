import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, plus, timeIn } from '../../content/time.ts'
import {
  type OutboxRow,
  outboxById,
  resend,
  settle,
  unannounced,
  unsettled,
} from '../../db/queries/outbox.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { OutboxId, ResidentId } from '../../db/schema.ts'
import { datePhrase } from '../core/dates.ts'
import { type Command, type Ctx, command, type Job, type Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { err, ok, type Result } from '../core/result.ts'

/** Messages of which nobody knows whether they went out, and those that could not be sent: a person decides. */

const PRIVATE = ['staff-room', 'direct'] as const
const SHOWN = 10
/** A message that is sent again is of use for so long. */
const AGAIN_HOURS = 12

const list = command({
  name: 'staff.sends',
  role: 'staff',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'staff.help.sends', example: 'staff.example.sends' },
  parse: (said) => (/^(?:未确认(?:的)?(?:消息|讯息)|发送问题)$/.test(said.text) ? true : undefined),
  run: (ctx): Say => {
    const rows = unsettled(ctx.tx)
    if (rows.length === 0) return phrase('staff.sendsNone')
    return [
      phrase('staff.sends', { n: rows.length }),
      ...rows.slice(0, SHOWN).map((row) => sendLine(ctx, row)),
      phrase('staff.sendsHow'),
    ]
  },
})

function sendLine(ctx: Ctx, row: OutboxRow): Say {
  const vars = {
    no: row.id,
    to:
      row.room_id === null
        ? phrase('staff.sendDirect')
        : (roomById(ctx.tx, row.room_id)?.topic ?? ''),
    day: datePhrase(dateIn(ctx.env.zone, row.created_at)),
    time: timeIn(ctx.env.zone, row.created_at),
    text:
      row.room_id === null ? '' : `${[...row.text.replaceAll('\n', ' ')].slice(0, 20).join('')}…`,
  }
  return row.state === 'unknown'
    ? phrase('staff.sendUnknown', vars)
    : phrase('staff.sendFailed', vars)
}

export type Send = OutboxRow

/** Messages whose fate a person must decide: unknown, or failed for good. */
export function sendsToSettle(look: { readonly db: Parameters<typeof unsettled>[0] }): Send[] {
  return unsettled(look.db)
}

/** What staff decide of such a message: to send it again, or that it needs no more. */
export type SendDecision = 'sendAgain' | 'sendDone'

/** Settles a message that is unknown or failed; any other is refused. */
export function settleSend(
  work: Work,
  by: ResidentId,
  id: OutboxId,
  decision: SendDecision,
): Result<true, Phrase> {
  const { tx, now } = work
  const row = outboxById(tx, id)
  if (row?.state !== 'unknown' && row?.state !== 'failed') {
    return err(phrase('staff.error.noSend', { no: id }))
  }
  if (decision === 'sendAgain') {
    resend(tx, row, { at: now, expires: plus(now, { hours: AGAIN_HOURS }) })
  } else {
    const state = row.state === 'unknown' ? 'sent' : 'expired'
    settle(tx, row.id, row.state, { state, at: now, reason: 'by_staff' })
  }
  audit(tx, { at: now, by, action: `outbox.${decision}`, subject: `outbox ${id}` })
  return ok(true)
}

function decisionCommand(name: SendDecision, grammar: RegExp): Command {
  return command({
    name: `staff.${name}`,
    role: 'staff',
    where: PRIVATE,
    bare: PRIVATE,
    help: { what: `staff.help.${name}`, example: `staff.example.${name}` },
    parse: (said) => {
      const no = grammar.exec(said.text)?.[1]
      return no === undefined ? undefined : (Number(no) as OutboxId)
    },
    run: (ctx, id) => {
      const settled = settleSend(ctx, ctx.who.id, id, name)
      return settled.ok ? phrase(`staff.${name}`, { no: id }) : settled.error
    },
  })
}

const again = decisionCommand('sendAgain', /^(?:重发|补发)\s*#?(\d{1,9})$/)
const done = decisionCommand('sendDone', /^(?:不用重发|不用补发|已收到)\s*#?(\d{1,9})$/)

export const sendCommands: readonly Command[] = [list, again, done]

/** Tells the staff of each such message, once. */
export const sendsJob: Job = {
  name: 'staff.sends',
  nextDueAt: ({ db, now }) => (staffHears({ db }) && unannounced(db).length > 0 ? now : undefined),
  due: ({ db }) => (staffHears({ db }) ? unannounced(db).map((row) => String(row.id)) : []),
  run: (work, unit) => {
    const [room] = enabledRooms(work.tx, 'staff')
    if (room === undefined) return
    enqueue(work, {
      to: { room: room.id },
      key: `unsettled:${unit}`,
      say: phrase('staff.sendTrouble', { no: unit }),
      priority: 'notice',
    })
  },
}

function staffHears({ db }: { db: Parameters<typeof enabledRooms>[0] }): boolean {
  return enabledRooms(db, 'staff').length > 0
}
