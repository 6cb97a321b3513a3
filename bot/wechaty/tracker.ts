/** Which messages are on their way through, so that a caller can wait until one is through. */
export interface Tracker {
  arrived(id: string): void
  done(id: string): void
  /** Whether it has arrived and is not done. */
  isUnderWay(id: string): boolean
  /** Resolves when the message has arrived and every copy of it is done. */
  wait(id: string): Promise<void>
  /** Lets go whoever waits for a message that has not arrived; it will not. */
  release(): void
}

/** Ids remembered after they are done, for those who ask late. */
const REMEMBERED = 1_000

export function createTracker(): Tracker {
  const underWay = new Map<string, number>()
  const past = new Set<string>()
  const waiting = new Map<string, (() => void)[]>()

  function wake(id: string): void {
    const wakers = waiting.get(id) ?? []
    waiting.delete(id)
    for (const each of wakers) each()
  }

  return {
    arrived(id) {
      underWay.set(id, (underWay.get(id) ?? 0) + 1)
    },
    done(id) {
      const left = (underWay.get(id) ?? 1) - 1
      if (left > 0) {
        underWay.set(id, left)
        return
      }
      underWay.delete(id)
      past.delete(id)
      past.add(id)
      for (const oldest of past) {
        if (past.size <= REMEMBERED) break
        past.delete(oldest)
      }
      wake(id)
    },
    isUnderWay: (id) => underWay.has(id),
    wait(id) {
      if (past.has(id) && !underWay.has(id)) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.set(id, [...(waiting.get(id) ?? []), resolve])
      })
    },
    release() {
      for (const id of [...waiting.keys()]) if (!underWay.has(id)) wake(id)
    },
  }
}
