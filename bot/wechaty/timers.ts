/** Calls `then` once after `ms` milliseconds of real time; the returned function calls it off. */
export type Schedule = (ms: number, then: () => void) => () => void

export const schedule: Schedule = (ms, then) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

export class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

/** What `promise` gives, or a rejection with TimedOut when it takes longer than `ms`. */
export function within<T>(schedule: Schedule, ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = schedule(ms, () => reject(new TimedOut(`no answer within ${ms} ms`)))
    promise.then(resolve, reject).finally(cancel)
  })
}
