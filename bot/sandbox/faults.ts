import type { Random } from '../../handlers/core/ports.ts'
import type { Faults } from '../../web/sandbox/port.ts'

export const NO_FAULTS: Faults = {
  dropSends: 0,
  duplicateEvents: 0,
  loseMessageIds: false,
  truncateAtColonNewline: false,
  textMentionsOnly: false,
  throwOnSend: 0,
}

/** Finer than any rate that somebody types in. */
const GRAIN = 1_000_000

/** What goes wrong on the simulated network, changed while it runs. */
export interface FaultBox {
  readonly now: Faults
  /** Changes the faults given and leaves the others; gives all of them. */
  set(changed: Partial<Faults>): Faults
  /** Whether something that happens at `rate` (0–1) strikes this time. */
  chance(rate: number): boolean
}

/** All off at first. */
export function createFaults(random: Pick<Random, 'int'>): FaultBox {
  let now = NO_FAULTS
  return {
    get now() {
      return now
    },
    set(changed) {
      now = { ...now, ...changed }
      return now
    },
    chance: (rate) => rate > 0 && random.int(GRAIN) < rate * GRAIN,
  }
}
