import type { Faults } from '../sandbox/port.ts'
import { reload } from './actions.ts'
import { type App, attempt } from './app.ts'
import { button, byId, toast } from './dom.ts'
import { strings } from './strings.ts'

const s = strings.tools

/** The drawer with the network's faults and the new log-in. */
export function createTools(app: App): void {
  const drawer = byId('tools', HTMLDialogElement)
  const form = byId('faults', HTMLFormElement)
  button('tools-open').addEventListener('click', () => {
    drawer.showModal()
    void showFaults(app)
  })
  button('tools-close').addEventListener('click', () => drawer.close())
  form.addEventListener('input', label)
  form.addEventListener('change', () => void sendFaults(app))
  button('faults-reset').addEventListener('click', () => {
    form.reset()
    label()
    void sendFaults(app)
  })
  button('relogin').addEventListener('click', () => void relogin(app, false))
  button('relogin-new').addEventListener('click', () => void relogin(app, true))
  void showFaults(app)
}

function inputs(): readonly HTMLInputElement[] {
  return [...byId('faults', HTMLFormElement).querySelectorAll('input')]
}

function settingOf(input: HTMLInputElement): number | boolean {
  return input.type === 'checkbox' ? input.checked : input.valueAsNumber
}

async function showFaults({ api }: App): Promise<void> {
  const faults = await attempt(api.faults())
  if (!faults) return
  for (const input of inputs()) {
    const value = faults[input.name as keyof Faults]
    if (typeof value === 'boolean') input.checked = value
    else input.value = String(value)
  }
  label()
}

/** Writes the shares beside their sliders, and marks the drawer's button while a fault is on. */
function label(): void {
  for (const input of inputs()) {
    const output = input.parentElement?.querySelector('output')
    if (output) output.value = `${Math.round(input.valueAsNumber * 100)}%`
  }
  const hard = inputs().some((input) => Boolean(settingOf(input)))
  button('tools-open').classList.toggle('on', hard)
}

async function sendFaults({ api }: App): Promise<void> {
  const faults = Object.fromEntries(inputs().map((input) => [input.name, settingOf(input)]))
  await attempt(api.setFaults(faults))
}

async function relogin(app: App, newIds: boolean): Promise<void> {
  const done = await attempt(app.api.relogin(newIds))
  if (!done) return
  await attempt(reload(app))
  byId('tools', HTMLDialogElement).close()
  toast(newIds ? s.reloggedInNew : s.reloggedIn)
}
