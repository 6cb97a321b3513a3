import type { SandboxState } from '../sandbox/port.ts'
import { el } from './dom.ts'

const HUES = 7

/** A circle with somebody's initial, always in the same colour. */
export function avatar(network: SandboxState, person: string): HTMLElement {
  const isBot = person === network.bot.id
  const name = isBot ? network.bot.name : network.people.find(({ id }) => id === person)?.name
  // Names such as 小邻 differ in their last character, family names in the first.
  const initial = isBot ? [...(name ?? '')].at(-1) : [...(name ?? '')][0]
  return circle(initial ?? '?', isBot ? 'bot' : `hue-${hash(person) % HUES}`)
}

/** The same for a room. */
export function roomAvatar(topic: string): HTMLElement {
  // 光明社区18街坊 and 光明社区28街坊 differ in their number.
  return circle(/\d{1,2}/.exec(topic)?.[0] ?? [...topic][0] ?? '?', 'room')
}

function circle(initial: string, kind: string): HTMLElement {
  return el('span', { className: `avatar ${kind}`, aria: { hidden: 'true' } }, initial)
}

function hash(text: string): number {
  let sum = 0
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return sum
}
