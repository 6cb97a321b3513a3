import { Hono } from 'hono'
import { sizeGuard } from '../http.ts'
import { consoleAsset } from './assets.ts'
import { csrfGuard, originGuard, sessionGuard } from './guard.ts'
import { onceGuard } from './once.ts'
import { announcementPages } from './pages/announcements.tsx'
import { auditPages } from './pages/audit.tsx'
import { figurePages } from './pages/figures.tsx'
import { groupPages } from './pages/groups.tsx'
import { healthPages } from './pages/health.tsx'
import { lecturePages } from './pages/lectures.tsx'
import { peoplePages } from './pages/people.tsx'
import { programmePages } from './pages/programmes.tsx'
import { reportPages } from './pages/reports.tsx'
import { settingsPages } from './pages/settings.tsx'
import { signInPages } from './pages/sign-in.tsx'
import { signUpPages } from './pages/sign-ups.ts'
import { surveyPages } from './pages/surveys.tsx'
import { todayPages } from './pages/today.tsx'
import type { ConsoleDeps } from './port.ts'
import type { ConsoleEnv } from './view.ts'

const MIB = 1024 * 1024
/** Pictures come with forms; a form of words is far smaller. */
const MAX_BODY = 12 * MIB
/** A photo as phones take it. */
const PHOTO_MIB = 10

/** Every page there is, behind the door. */
const PAGES = [
  todayPages,
  reportPages,
  surveyPages,
  programmePages,
  signUpPages,
  announcementPages,
  lecturePages,
  figurePages,
  groupPages,
  peoplePages,
  settingsPages,
  healthPages,
  auditPages,
] as const

/** The staff console, to be mounted under `/console`; `publicUrl` is the origin that a proxy shows, if any. */
export function consoleApp(deps: ConsoleDeps, publicUrl?: string): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/assets/:name', (c) => consoleAsset(c, c.req.param('name')))
  const { maxFiles, maxFileMegabytes } = deps.env.content.announcementRules
  const guard = sizeGuard(MAX_BODY)
  const files = sizeGuard(MAX_BODY + maxFiles * Math.max(PHOTO_MIB, maxFileMegabytes) * MIB)
  app.use(originGuard(publicUrl), (c, next) =>
    /\/(announcements|reports)(\/|$)/.test(c.req.path) ? files(c, next) : guard(c, next),
  )
  app.route('/', signInPages(deps))
  app.use(sessionGuard(deps), csrfGuard(), onceGuard())
  for (const pages of PAGES) app.route('/', pages())
  return app
}
