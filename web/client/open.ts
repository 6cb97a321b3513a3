import { choose, happened, refreshClock, reload } from './actions.ts'
import { type Api, Failed } from './api.ts'
import { type App, attempt } from './app.ts'
import { createLog, renderHead } from './chat.ts'
import { renderClock, wireClock } from './clock.ts'
import { createComposer, quoteMessage, renderComposer } from './composer.ts'
import { button, byId, toast } from './dom.ts'
import { follow } from './follow.ts'
import { renderList, wireSpeakers } from './list.ts'
import { createMembers } from './members.ts'
import { createPictures } from './pictures.ts'
import { conversations, type Model } from './state.ts'
import { strings } from './strings.ts'
import { createCalendar } from './time.ts'
import { createTools } from './tools.ts'

const CLOCK_EVERY_MS = 15_000
const SPEAKER = 'linli.sandbox.me'

/** Fetches everything, fills the page's frame and keeps it up to date. @throws Failed */
export async function openApp(api: Api): Promise<void> {
  const [network, clock] = await Promise.all([api.state(), api.clock()])
  const me = sessionStorage.getItem(SPEAKER) ?? ''
  const app = createApp(api, {
    network,
    clock,
    me,
    open: undefined,
    entries: new Map(),
    unread: new Map(),
  })
  wireClock(app)
  wireSpeakers(app, (person) => sessionStorage.setItem(SPEAKER, person))
  createTools(app)
  await reload(app)
  button('back').addEventListener('click', () => app.show('list'))
  byId('app', HTMLDivElement).hidden = false
  const first = conversations(app.model).find(({ direct, mine }) => !direct && mine)
  if (first && isWide()) choose(app, first.key)
  setInterval(() => {
    if (!document.hidden) void attempt(refreshClock(app))
  }, CLOCK_EVERY_MS)
  void follow({
    connect: api.events,
    opened: () => attempt(reload(app)),
    happened: (event) => attempt(happened(app, event)),
    lost,
  })
}

function createApp(api: Api, model: Model): App {
  const frame = byId('app', HTMLDivElement)
  const app: App = {
    api,
    model,
    calendar: createCalendar(model.clock.zone),
    render: () => {
      for (const part of parts) part()
    },
    show: (pane) => {
      frame.dataset['pane'] = pane
    },
    isSeen: (key) => key === model.open && (isWide() || frame.dataset['pane'] === 'chat'),
  }
  const composer = createComposer(app)
  const picture = createPictures(api)
  const parts = [
    () => renderList(app),
    () => renderHead(app),
    () => renderComposer(composer),
    () => renderClock(app),
    createLog(app, { picture, quote: (message) => quoteMessage(composer, message) }),
    createMembers(app),
  ]
  return app
}

/** Whether the list and the chat stand side by side; the style sheet has the same width. */
function isWide(): boolean {
  return matchMedia('(min-width: 721px)').matches
}

function lost(error: unknown): void {
  toast(strings.errors.offline)
  // The process was started anew with another token: from the beginning, then.
  if (error instanceof Failed && error.status === 401) location.reload()
}
