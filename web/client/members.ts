import { type App, attempt } from './app.ts'
import { avatar } from './avatar.ts'
import { button, byId, el } from './dom.ts'
import { nameOf, roomOf } from './state.ts'
import { strings } from './strings.ts'

const s = strings.members

/** The dialog that shows who is in the open room, takes people out and brings them in. */
export function createMembers(app: App): () => void {
  const dialog = byId('members', HTMLDialogElement)
  let shown = ''
  const render = () => {
    const room = roomOf(app.model, app.model.open)
    const state = JSON.stringify([room, app.model.network.people])
    // Drawn only when somebody came or left, so that what is being typed stays.
    if (!dialog.open || !room || state === shown) return
    shown = state
    const close = () => dialog.close()
    dialog.replaceChildren(
      el('h2', { id: 'members-title' }, s.title(room.topic)),
      el('ul', {}, ...room.members.map(({ person }) => row(app, room.id, person))),
      inviteForm(app, room.id, new Set(room.members.map(({ person }) => person))),
      newcomerForm(app, room.id),
      el(
        'div',
        { className: 'actions' },
        el('button', { className: 'primary', onclick: close }, s.close),
      ),
    )
  }
  button('members-open').addEventListener('click', () => {
    shown = ''
    dialog.showModal()
    render()
  })
  return render
}

function row(app: App, room: string, person: string): HTMLElement {
  const { network } = app.model
  const name = nameOf(app.model, person, room)
  const node = el('li', {}, avatar(network, person), el('span', {}, name))
  if (person !== network.bot.id) {
    const onclick = () => void attempt(app.api.leave(room, person))
    node.append(el('button', { onclick, aria: { label: s.removeOf(name) } }, s.remove))
  }
  return node
}

function inviteForm(app: App, room: string, inside: ReadonlySet<string>): HTMLElement {
  const { bot, people } = app.model.network
  const others = people.filter(({ id }) => id !== bot.id && !inside.has(id))
  const options = others.map(({ id, name }) => el('option', { value: id }, name))
  const who = el('select', { required: true, aria: { label: s.inviteLabel } }, ...options)
  return form(who, s.invite, () => app.api.join(room, who.value))
}

function newcomerForm(app: App, room: string): HTMLElement {
  const aria = { label: s.newcomer }
  const name = el('input', { placeholder: s.newcomer, required: true, maxLength: 40, aria })
  return form(name, s.add, async () => {
    const { id } = await app.api.addPerson(name.value)
    await app.api.join(room, id)
  })
}

function form(field: HTMLElement, action: string, work: () => Promise<unknown>): HTMLElement {
  const node = el('form', {}, field, el('button', { type: 'submit' }, action))
  node.addEventListener('submit', (event) => {
    event.preventDefault()
    void attempt(work())
  })
  return node
}
