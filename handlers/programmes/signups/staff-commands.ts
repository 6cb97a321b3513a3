import { phrase, type Say } from '../../../content/i18n.ts'
import { occurrenceById } from '../../../db/queries/occurrence.ts'
import { type SignUpRow, signUpsOf } from '../../../db/queries/sign-up.ts'
import { audit } from '../../../db/queries/trail.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { type Answer, type Command, type Ctx, command } from '../../core/feature.ts'
import { afterWord } from '../../core/words.ts'
import { byDay } from '../view.ts'
import { attendanceOf, checkInByName, checkInOpen } from './check-in.ts'
import { checkInWords } from './check-in-words.ts'
import { lookOf } from './find.ts'
import { isHopeful } from './parties.ts'
import { broughtBy } from './service.ts'

const PRIVATE = ['staff-room', 'direct'] as const
const EVERYWHERE = ['room', 'staff-room', 'direct'] as const

/** Names stay among staff: in a group of residents the list is not shown. */
const list = command({
  name: 'signups.list',
  role: 'staff',
  where: PRIVATE,
  bare: ['staff-room'],
  help: { what: 'signups.help.list', example: 'signups.example.list' },
  parse: (said, env) => {
    const rest = afterWord(said.text, env.content.words['signup.list'])
    const no = rest === undefined ? null : /^#?\s*(\d{1,9})号?$/.exec(rest)
    return no?.[1] === undefined ? undefined : (Number(no[1]) as OccurrenceId)
  },
  run: (ctx, id): Say => {
    const row = occurrenceById(ctx.tx, id)
    if (row === undefined) return phrase('signups.error.unknown', { no: id })
    audit(ctx.tx, {
      at: ctx.now,
      by: ctx.who.id,
      action: 'signups.list',
      subject: `occurrence ${id}`,
    })
    const all = signUpsOf(ctx.tx, id).filter(isHopeful)
    const { seats, waiting, arrived } = attendanceOf({ db: ctx.tx }, id)
    return [
      ...byDay(lookOf(ctx), [row], 'numbers'),
      phrase('signups.listCounts', { seats, waiting, arrived, code: row.code }),
      ...all.map((s, i) => listLine(ctx, s, i + 1)),
    ]
  },
})

function listLine(ctx: Ctx, row: SignUpRow, n: number): Say {
  const by = broughtBy({ db: ctx.tx }, row)
  const name = by === '' ? row.name : phrase('signups.guestOf', { name: row.name, by })
  if (row.arrived_at !== null) return phrase('signups.listArrived', { n, name })
  if (row.state === 'taken') return phrase('signups.listSeat', { n, name })
  return phrase(row.state === 'offered' ? 'signups.listOffered' : 'signups.listWaiting', {
    n,
    name,
  })
}

const arriveByStaff = command({
  name: 'signups.staffArrive',
  role: 'staff',
  where: EVERYWHERE,
  bare: ['staff-room'],
  help: { what: 'signups.help.staffArrive', example: 'signups.example.staffArrive' },
  parse: (said, env) => {
    const told = checkInWords(said, env.content.words['signup.arrive'] ?? [], 'name')
    if (told?.no === undefined || !told.self || told.names.length === 0) return undefined
    return { no: told.no, names: told.names }
  },
  run: (ctx, { no, names }): Answer => {
    const found = checkInOpen(lookOf(ctx), no, true)
    if (!found.ok) return found.error
    const row = found.value
    const done = names.map((name) => checkInByName(ctx, row, name))
    return [
      ...done.flatMap((one) => (one.ok ? [] : [one.error])),
      ...(done.some((one) => one.ok && !one.value.listed) ? [phrase('signups.walkedIn')] : []),
      phrase('signups.arrivedSoFar', { n: attendanceOf({ db: ctx.tx }, no).arrived }),
    ]
  },
})

/** `签到 3` shows staff the code, where no residents read along. */
export function codeSay(ctx: Ctx, no: OccurrenceId): Say {
  const row = occurrenceById(ctx.tx, no)
  if (row === undefined) return phrase('signups.error.unknown', { no })
  const { seats, arrived } = attendanceOf({ db: ctx.tx }, no)
  return [
    ...byDay(lookOf(ctx), [row], 'numbers'),
    phrase('signups.code', { no, code: row.code }),
    phrase('signups.arrivedOf', { arrived, seats }),
  ]
}

export const staffSignUpCommands: readonly Command[] = [list, arriveByStaff]
