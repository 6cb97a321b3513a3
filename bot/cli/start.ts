import qrcode from 'qrcode-terminal'
import { dateIn, partsOf, systemNow } from '../../content/time.ts'
import { type App, startApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { systemRandom } from '../random.ts'
import { DEMO_PIN } from '../sandbox/seed.ts'
import type { Health } from '../wechaty/events.ts'
import { puppetInfo } from '../wechaty/puppets.ts'
import { calendarWarning } from './check.ts'
import { say, settings } from './context.ts'

/** Whatever is cut then is safe: the database commits or does not. */
const STOP_WITHIN_MS = 2_500

/** `linli start`: runs until SIGINT or SIGTERM. */
export async function start(): Promise<void> {
  // From the beginning: a stop that comes during the start is a clean one, too.
  const stop = stopSignal()
  const { config, secrets } = settings()
  const logger = createLogger(config.log)
  const sandboxToken = secrets.sandboxToken ?? systemRandom.token()
  // A fault in a library's own callback must not take the bot down; the supervisor reconnects.
  process.on('unhandledRejection', (err) => logger.error('unhandled rejection', { err }))
  process.on('uncaughtException', (err) => logger.error('uncaught exception', { err }))

  if (config.puppet !== 'sandbox') say(banner(config.puppet))
  {
    await using app = await startApp({ config, sandboxToken, logger, onHealth: showHealth })
    greet(app, config, sandboxToken)
    await stop
    say('Linli stops …')
  }
  process.exitCode = 0
}

function greet(app: App, config: Config, sandboxToken: string): void {
  const { year } = partsOf(dateIn(config.zone, systemNow()))
  if (!app.env.calendar.isOfficial(year + 1)) say(calendarWarning(year + 1))
  say(
    config.puppet === 'sandbox'
      ? sandboxHint(app.url, sandboxToken, config)
      : `邻里 Linli: ${app.consoleUrl}`,
  )
  if (app.firstSignIn !== undefined) {
    const { name, code, hours } = app.firstSignIn
    say(
      `  Console  ${app.consoleUrl}  first sign-in: ${name}, the PIN, then the code ${code} (${hours} h)\n`,
    )
  }
}

function sandboxHint(url: string, token: string, config: Config): string {
  const page = `${url}/sandbox/#token=${token}`
  return [
    '',
    '邻里 Linli is ready: the sandbox, a simulated group chat. No account is needed.',
    '',
    `  Open     ${page}`,
    '  Try      今天有什么活动   小邻 帮助   每周一课讲什么',
    '           then move the clock with "到下一个提醒" and see the reminders arrive',
    ...(config.sandbox.seed === 'demo'
      ? [`  Staff    speak as 张主任 in 光明社区工作人员 (demonstration PIN ${DEMO_PIN})`]
      : []),
    `  Program  ${url}/sandbox/api with the header  Authorization: Bearer ${token}`,
    `  Data     ${config.data}`,
    '',
  ].join('\n')
}

function banner(puppet: string): string {
  const info = puppetInfo(puppet)
  const risk = info.risk
    ? '\n  注意：用个人微信号这样登录，可能被微信限制甚至封号。请用专门的号，不要用自己的主号。\n  WARNING: a personal account that is run this way can be banned. Use one made for it, never your own.'
    : ''
  return `邻里 Linli → ${puppet}（${info.needs}）${risk}`
}

function showHealth(health: Health): void {
  say(`chat: ${health.state}${health.reason === undefined ? '' : ` (${health.reason})`}`)
  if (health.qr !== undefined) qrcode.generate(health.qr, { small: true }, (code) => say(code))
}

/** Resolves when the process is asked to end. Whatever does not end by itself is cut after a while. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      setTimeout(() => process.exit(process.exitCode ?? 1), STOP_WITHIN_MS).unref()
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}
