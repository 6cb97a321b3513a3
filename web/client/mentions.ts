import { byId, el } from './dom.ts'

interface Person {
  readonly id: string
  readonly name: string
}

/** The list of people that opens at an `@` in a field. */
export interface Mentions {
  readonly field: HTMLTextAreaElement
  readonly list: HTMLElement
  /** Those who can be pointed at now. */
  readonly candidates: () => readonly Person[]
  /** Whom the text points at, as far as their names are still in it. */
  picked: readonly Person[]
  shown: readonly Person[]
  active: number
}

export function createMentions(
  field: HTMLTextAreaElement,
  candidates: () => readonly Person[],
): Mentions {
  const list = byId('mention-list', HTMLDivElement)
  const mentions: Mentions = { field, list, candidates, picked: [], shown: [], active: 0 }
  field.addEventListener('input', () => offer(mentions))
  field.addEventListener('blur', () => close(mentions))
  field.addEventListener('keydown', (event) => {
    if (mentions.shown.length === 0 || event.isComposing || !press(mentions, event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  })
  return mentions
}

/** Types an `@` for whoever has none at hand. */
export function startMention(mentions: Mentions): void {
  const { field } = mentions
  field.focus()
  field.setRangeText('@', field.selectionStart, field.selectionEnd, 'end')
  offer(mentions)
}

/** The ids of those whom `text` points at. */
export function mentionsIn({ picked }: Mentions, text: string): readonly string[] {
  return picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)
}

export function clearMentions(mentions: Mentions): void {
  mentions.picked = []
  close(mentions)
}

/** The `@` before the caret with what is typed after it. */
function typed({ field }: Mentions): RegExpExecArray | null {
  return /@([^\s@]{0,20})$/.exec(field.value.slice(0, field.selectionStart))
}

function offer(mentions: Mentions): void {
  const word = typed(mentions)?.[1]
  const all = word === undefined ? [] : mentions.candidates()
  mentions.shown = all.filter(({ name }) => name.includes(word ?? ''))
  mentions.active = 0
  draw(mentions)
}

function close(mentions: Mentions): void {
  mentions.shown = []
  draw(mentions)
}

/** Whether the key meant the list. */
function press(mentions: Mentions, key: string): boolean {
  const { shown, active } = mentions
  const person = shown[active]
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step !== undefined) {
    mentions.active = (active + step + shown.length) % shown.length
    draw(mentions)
  } else if (key === 'Escape') {
    close(mentions)
  } else if ((key === 'Enter' || key === 'Tab') && person) {
    pick(mentions, person)
  } else {
    return false
  }
  return true
}

function pick(mentions: Mentions, person: Person): void {
  const { field, picked } = mentions
  const from = typed(mentions)?.index ?? field.selectionStart
  // Chat programs put this narrow space after a name, so that names may hold ordinary ones.
  field.setRangeText(`@${person.name}\u2005`, from, field.selectionStart, 'end')
  mentions.picked = [...picked.filter(({ id }) => id !== person.id), person]
  close(mentions)
  field.focus()
}

function draw(mentions: Mentions): void {
  const { field, list, shown, active } = mentions
  list.hidden = shown.length === 0
  list.replaceChildren(...shown.map((person, i) => option(mentions, person, i)))
  field.setAttribute('aria-activedescendant', list.hidden ? '' : `mention-${active}`)
  list.children[active]?.scrollIntoView({ block: 'nearest' })
}

function option(mentions: Mentions, person: Person, i: number): HTMLElement {
  // On press and not on click: by then the field has lost the focus, which closes the list.
  const onpointerdown = (event: PointerEvent) => {
    event.preventDefault()
    pick(mentions, person)
  }
  const aria = { selected: String(i === mentions.active) }
  return el('div', { id: `mention-${i}`, role: 'option', aria, onpointerdown }, person.name)
}
