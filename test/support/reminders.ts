import type { SandboxMessage } from '../../web/sandbox/port.ts'
import type { Api } from './program.ts'

/** What the demonstration's groups are told of the 每周一课 of 2026-11-25, counted. */
export interface Told {
  readonly evening: number
  readonly digest: number
  readonly soon: number
}

export const ONCE: Told = { evening: 1, digest: 1, soon: 1 }
export const GROUPS = ['18街坊', '28街坊', '29街坊'] as const
const STAFF = '工作人员'

function count(messages: readonly SandboxMessage[], what: RegExp): number {
  return messages.filter(({ from, text = '' }) => from === 'bot' && what.test(text)).length
}

export function told(messages: readonly SandboxMessage[]): Told {
  const day = messages.filter(({ at }) => at > '2026-11-24T04' && at < '2026-11-25T12')
  return {
    evening: count(day, /^提醒大家，明天（11月25日.*每周一课/s),
    digest: count(day, /^早上好！今天（11月25日.*每周一课/s),
    soon: count(day, /^马上就要开始了：.*每周一课/s),
  }
}

/** What each of the residents' groups was told, and the number of messages in the staff's. */
export async function toldEverywhere(api: Api) {
  const groups = await Promise.all(GROUPS.map(async (group) => told(await api.messages(group))))
  return { groups, staff: (await api.messages(STAFF)).length }
}

export const ALL_ONCE = { groups: [ONCE, ONCE, ONCE], staff: 0 }
