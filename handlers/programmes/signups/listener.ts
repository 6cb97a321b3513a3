import { dateIn, plus } from '../../../content/time.ts'
import { occurrenceById } from '../../../db/queries/occurrence.ts'
import { roomById } from '../../../db/queries/room.ts'
import type { Listener, Look, Place, Said } from '../../core/feature.ts'
import { isFor } from '../view.ts'
import { readChain } from './chain.ts'
import { applyChain, chainTarget } from './chain-apply.ts'
import { joinAs, leaveAs } from './commands.ts'
import { justTold, takesSignUps } from './open.ts'
import { readWish, type Wish } from './words.ts'

/**
 * In a group 报名 may be about anything: without Linli's name it counts for an activity that takes sign-ups, named by its
 * number, or the one that Linli spoke of last.
 */
export const signUpListener: Listener = {
  name: 'signups',
  hear: (look, room, said) => {
    const chain = readChain(said.words)
    if (chain !== undefined) {
      const row = chainTarget(look, room, chain)
      return row && ((ctx) => applyChain(ctx, room, row, chain))
    }
    const today = dateIn(look.env.zone, look.now)
    const { words } = look.env.content
    const read = (verbs: readonly string[]) => readWish(said, { env: look.env, today, verbs })
    const leave = read(words['signup.cancel'] ?? [])
    if (leave !== undefined)
      return isMeant(look, room, said, leave) ? (ctx) => leaveAs(ctx, leave) : undefined
    const join = read([...(words['signup'] ?? []), ...(words['signup.wait'] ?? [])])
    return join && isMeant(look, room, said, join) ? (ctx) => joinAs(ctx, join) : undefined
  },
}

/** Words longer than these are talk. */
const LONGEST = 30
/** Refusals are of use to people who are a little late. */
const LATE_HOURS = 24

function isMeant(look: Look, room: Place, said: Said, { which, names }: Wish): boolean {
  if (said.text.length > LONGEST) return false
  if (which === 'latest' && names.length > 0) return false
  if (which === 'latest') return justTold(look, { room: room.id }) !== undefined
  if (!('no' in which)) return false
  const row = occurrenceById(look.db, which.no)
  if (row === undefined || !takesSignUps(look, row)) return false
  const isPast = row.starts_at < plus(look.now, { hours: -LATE_HOURS })
  return !isPast && isFor(look, roomById(look.db, room.id), row.programme)
}
