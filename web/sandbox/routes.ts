import { Hono } from 'hono'
import { html } from 'hono/html'
import {
  addDays,
  at,
  dateIn,
  type Instant,
  toLocalDate,
  toWallTime,
  type Zone,
} from '../../content/time.ts'
import { asset } from '../assets.ts'
import { misfit, tokenGuard } from '../http.ts'
import { sandboxPage } from './page.tsx'
import type { Sandbox } from './port.ts'

const MORNING = toWallTime('08:00')

export interface PageOptions {
  readonly sandbox: Sandbox
  readonly token: string
  readonly zone: Zone
}

/** The sandbox's page, its files, and under `/sandbox/page` what the page needs beyond the public interface. */
export function sandboxPages({ sandbox, token, zone }: PageOptions): Hono {
  const pages = new Hono()
  pages.get('/sandbox/', (c) => c.html(html`<!doctype html>${sandboxPage()}`))
  pages.get('/sandbox/assets/:name', (c) => asset(c, c.req.param('name')))

  pages.use('/sandbox/page/*', tokenGuard(token))
  pages.get('/sandbox/page/clock', (c) => {
    const { now } = sandbox.state()
    return c.json({ now, zone, next: sandbox.nextDue(), morning: nextMorning(now, zone) })
  })
  pages.get('/sandbox/page/instant', (c) =>
    c.json({ instant: localInstant(c.req.query('local'), zone) }),
  )
  pages.get('/sandbox/page/faults', (c) => c.json(sandbox.faults()))
  return pages
}

function nextMorning(now: Instant, zone: Zone): Instant {
  const today = dateIn(zone, now)
  const morning = at(today, MORNING, zone)
  return morning > now ? morning : at(addDays(today, 1), MORNING, zone)
}

/** What a date-time field holds, `YYYY-MM-DDTHH:MM`, as a moment in the zone. @throws Refused 400 */
function localInstant(local = '', zone: Zone): Instant {
  try {
    const [date = '', time = ''] = local.split('T')
    return at(toLocalDate(date), toWallTime(time), zone)
  } catch (error) {
    if (error instanceof RangeError) throw misfit('local', 'YYYY-MM-DDTHH:MM, please')
    throw error
  }
}
