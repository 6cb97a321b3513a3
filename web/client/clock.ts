import type { SandboxMessage } from '../sandbox/port.ts'
import { refreshClock } from './actions.ts'
import { type App, attempt } from './app.ts'
import { button, byId, toast } from './dom.ts'
import { nameOf, roomKey, roomOf } from './state.ts'
import { strings } from './strings.ts'

const s = strings.clock

/** More conversations than these are only counted. */
const NAMED = 2

type Move = { readonly set: string } | { readonly advance: string }

/** Lets the buttons at the top move the sandbox's clock. */
export function wireClock(app: App): void {
  const { model } = app
  const toggle = button('clock-toggle')
  toggle.addEventListener('click', () => {
    toggle.ariaExpanded = String(toggle.ariaExpanded !== 'true')
  })
  const on = (id: string, to: () => Move | undefined) =>
    button(id).addEventListener('click', () => {
      const move = to()
      if (move) void moveClock(app, move)
    })
  on('clock-hour', () => ({ advance: 'PT1H' }))
  on('clock-morning', () => ({ set: model.clock.morning }))
  on('clock-next', () => (model.clock.next === undefined ? undefined : { set: model.clock.next }))
  byId('clock-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void moveToField(app)
  })
}

export function renderClock({ calendar, model }: App): void {
  const { now, next } = model.clock
  const shown = byId('now', HTMLTimeElement)
  shown.dateTime = now
  shown.textContent = calendar.full(now)
  button('clock-next').disabled = next === undefined
  byId('clock-due', HTMLElement).textContent =
    next === undefined ? s.noNext : s.nextAt(calendar.stamp(next, now))
  const field = byId('clock-field', HTMLInputElement)
  field.min = calendar.field(now)
  // Left alone while somebody fills it in.
  if (!field.value || (document.activeElement !== field && field.value < field.min)) {
    field.value = field.min
  }
}

async function moveToField(app: App): Promise<void> {
  const field = byId('clock-field', HTMLInputElement)
  const set = await attempt(app.api.instant(field.value))
  if (set === undefined) return
  if (set < app.model.clock.now) toast(s.forward)
  else await moveClock(app, { set })
}

async function moveClock(app: App, to: Move): Promise<void> {
  const panel = byId('clock-panel', HTMLDivElement)
  const lock = (on: boolean) => {
    for (const node of panel.querySelectorAll('button')) node.disabled = on
  }
  lock(true)
  toast(s.moving)
  const arrived = await attempt(app.api.move(to))
  lock(false)
  await attempt(refreshClock(app))
  if (!arrived) return
  const places = [...new Set(arrived.sent.map((message) => listener(app, message)))]
  const where = places.length > NAMED ? s.places(places.length) : places.join('、')
  toast(s.arrived(app.calendar.full(arrived.now), arrived.sent.length, where))
}

/** Whom the bot spoke to: the room's name or the person's. */
function listener({ model }: App, { room, to = '' }: SandboxMessage): string {
  if (room === undefined) return nameOf(model, to)
  return roomOf(model, roomKey(room))?.topic ?? room
}
