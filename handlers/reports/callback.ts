import { phrase, type Say } from '../../content/i18n.ts'
import { addDays, at, dateIn, plus } from '../../content/time.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import { audit, auditedSince } from '../../db/queries/trail.ts'
import { datePhrase } from '../core/dates.ts'
import { type Command, type Ctx, command } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { isWord } from '../core/words.ts'

/** 转人工: who would rather talk to a person is called by one. Staff hear of it, at most once an hour for each resident. */

const EVERY_MINUTES = 60
/** Who asks so shortly before work ends is called on the next working day. */
const HOURS_BEFORE_END = 2
const STAFF_DAYS = 3

/** In a group 找社区 alone may be advice to a neighbour. */
const UNMISTAKABLE = /^转?人工(?:服务|客服)?$/u

const callMe = command({
  name: 'reports.person',
  role: 'resident',
  where: ['room', 'direct'],
  bare: ['room'],
  help: { what: 'reports.help.person', example: 'reports.example.person' },
  parse: (said, env) => {
    if (!isWord(said.text, env.content.words['report.person'])) return undefined
    return said.addressed || UNMISTAKABLE.test(said.text) ? true : undefined
  },
  run: (ctx): Say => {
    const { tx, now, who } = ctx
    const day = datePhrase(dayOfCall(ctx))
    const subject = `resident ${who.id}`
    const since = plus(now, { minutes: -EVERY_MINUTES })
    if (auditedSince(tx, { action: ACTION, subject, since })) {
      return phrase('reports.personAlready', { day })
    }
    audit(tx, { at: now, by: who.id, action: ACTION, subject })
    tellStaff(ctx)
    return phrase('reports.personTold', { day })
  },
})

const ACTION = 'report.call'

function dayOfCall({ env, now }: Ctx) {
  const { calendar, zone, content } = env
  const today = dateIn(zone, now)
  const over = plus(at(today, content.reportRules.workdayEnds, zone), { hours: -HOURS_BEFORE_END })
  return calendar.nextWorkday(now < over ? today : addDays(today, 1))
}

function tellStaff(ctx: Ctx): void {
  const { tx, now, room, who, key } = ctx
  const from = room && roomById(tx, room.id)?.topic
  for (const staff of enabledRooms(tx, 'staff')) {
    enqueue(ctx, {
      to: { room: staff.id },
      key: `call:${key}:${staff.id}`,
      say: phrase('cases.tell.call', {
        name: who.name,
        from: from ?? phrase('reports.inPrivate', { name: who.name }),
        day: datePhrase(dayOfCall(ctx)),
      }),
      priority: 'notice',
      expires: plus(now, { days: STAFF_DAYS }),
    })
  }
}

export const callbackCommands: readonly Command[] = [callMe]
