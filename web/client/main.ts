import { createApi, Failed } from './api.ts'
import { byId } from './dom.ts'
import { openApp } from './open.ts'
import { strings } from './strings.ts'

const STORED = 'linli.sandbox.token'
const s = strings.gate

/** Opens the page with the token of the address, else with the one this tab had before. */
async function start(token: string | undefined): Promise<void> {
  if (!token) return askForToken(s.where)
  try {
    await openApp(createApi(token))
  } catch (error) {
    if (!(error instanceof Failed) || error.status !== 401) throw error
    sessionStorage.removeItem(STORED)
    return askForToken(s.wrong)
  }
  sessionStorage.setItem(STORED, token)
  byId('gate', HTMLElement).hidden = true
}

function askForToken(why: string): void {
  byId('gate', HTMLElement).hidden = false
  byId('gate-text', HTMLParagraphElement).textContent = why
  byId('gate-form', HTMLFormElement).hidden = false
}

function tokenOfAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  // Out of the address bar, so that it does not end up on a screenshot or in the history.
  if (token) history.replaceState(null, '', location.pathname)
  return token ?? undefined
}

byId('gate-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  void start(byId('token', HTMLInputElement).value.trim())
})
addEventListener('hashchange', () => location.reload())
void start(tokenOfAddress() ?? sessionStorage.getItem(STORED) ?? undefined)
