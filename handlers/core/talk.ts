import type { RoomId } from '../../db/schema.ts'

/**
 * How far the talk of each group has led away from what Linli last told it: a number in memory, without a word of
 * what was said. What was said before the process began is not known, so it may have led anywhere.
 */
export interface Talk {
  drift(room: RoomId): number
  /** Something more was said, so much away from it. */
  add(room: RoomId, weight: number): void
  /** The talk is about what Linli has just told the group. */
  settle(room: RoomId): void
}

/** Farther than any `weigh` allows. */
const FAR = 99

export function createTalk(): Talk {
  const drifts = new Map<RoomId, number>()
  return {
    drift: (room) => drifts.get(room) ?? FAR,
    add: (room, weight) => {
      drifts.set(room, Math.min(FAR, (drifts.get(room) ?? FAR) + weight))
    },
    settle: (room) => void drifts.set(room, 0),
  }
}
