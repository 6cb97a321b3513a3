/** Serial queues by key: tasks with one key run one after another, tasks with different keys side by side. */
export interface Queues {
  /** Resolves when the task has ended; tasks must not reject. */
  push(key: string, task: () => Promise<void>): Promise<void>
  /** Resolves when no task is waiting or running. */
  idle(): Promise<void>
}

export function createQueues(): Queues {
  const tails = new Map<string, Promise<void>>()

  return {
    push(key, task) {
      const tail = (tails.get(key) ?? Promise.resolve()).then(task).finally(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      tails.set(key, tail)
      return tail
    },
    async idle() {
      while (tails.size > 0) await Promise.allSettled(tails.values())
    },
  }
}

/** `fn` of every item, at most `limit` at a time, in the order of the items. */
export async function mapLimit<T, R>(
  items: readonly T[],
  limit: number,
  fn: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const entries = items.entries()
  const worker = async () => {
    for (const [i, item] of entries) results[i] = await fn(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
