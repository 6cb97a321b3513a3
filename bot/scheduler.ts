import { earliest, type Instant, plus } from '../content/time.ts'
import { insertIncident } from '../db/queries/trail.ts'
import type { Store } from '../db/store.ts'
import type { Env, Job, Look } from '../handlers/core/feature.ts'
import type { Clock, Logger } from '../handlers/core/ports.ts'

export interface SchedulerDeps {
  readonly store: Store
  readonly env: Env
  readonly clock: Clock
  readonly jobs: readonly Job[]
  readonly logger: Logger
}

export interface Scheduler {
  /** When something falls due next, later than now. What is due now is for `runDue`. */
  nextDueAt(): Instant | undefined
  /** When something falls due next that somebody may hear of. */
  nextHeardAt(): Instant | undefined
  /** Does all that is due. What is due is in the database: after a stop, nothing that fell due meanwhile is forgotten. */
  runDue(): void
}

/** What failed is tried again after so long; the others go on. */
const RETRY_MINUTES = 1
/** What one job does may make another's unit due again, but not more often than this at one moment. */
const MAX_REPEATS = 5
/** More rounds than any day needs: work that brings ever new work must not hold up the rest. */
const MAX_ROUNDS = 1_000

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { store, env, clock, logger } = deps
  /** What failed, and when it is tried again. */
  const held = new Map<string, Instant>()

  function look(): Look {
    return { db: store, now: clock.now(), env }
  }

  function retryAt(): Instant {
    return plus(clock.now(), { minutes: RETRY_MINUTES })
  }

  /** Lets go of what has waited; also of what would wait for long because the clock was set back. */
  function release(): void {
    const [now, latest] = [clock.now(), retryAt()]
    for (const [name, until] of held) {
      if (until <= now || until > latest) held.delete(name)
    }
  }

  /** What `work` gives; nothing while `name` is held, or when it fails, which holds it. */
  function attempt<T>(job: Job, name: string, work: () => T): T | undefined {
    if (held.has(name)) return undefined
    try {
      return work()
    } catch (error) {
      held.set(name, retryAt())
      note(job, error)
      return undefined
    }
  }

  function note(job: Job, error: unknown): void {
    const what = error instanceof Error ? error.name : 'not an Error'
    try {
      const incident = store.tx((tx) => insertIncident(tx, clock.now(), `job ${job.name}`, what))
      logger.error('job failed', { job: job.name, incident, err: error })
    } catch (second) {
      logger.error('job failed and could not be noted', { job: job.name, err: error, second })
    }
  }

  function nextOf(jobs: readonly Job[]): Instant | undefined {
    const now = clock.now()
    const ahead = jobs.map((job) => attempt(job, job.name, () => job.nextDueAt(look())))
    return earliest(...ahead.filter((next) => next !== undefined && next > now))
  }

  /** One pass over all jobs, in their order. Gives whether there was anything to do. */
  function pass(runs: Map<string, number>): boolean {
    let busy = false
    for (const job of deps.jobs) {
      for (const unit of attempt(job, job.name, () => job.due(look())) ?? []) {
        const name = `${job.name} ${unit}`
        if (held.has(name)) continue
        const times = (runs.get(name) ?? 0) + 1
        runs.set(name, times)
        if (times > MAX_REPEATS) {
          held.set(name, retryAt())
          logger.error('job is never done', { job: job.name })
          continue
        }
        attempt(job, name, () => store.tx((tx) => job.run({ tx, now: clock.now(), env }, unit)))
        busy = true
      }
    }
    return busy
  }

  return {
    runDue: () => {
      release()
      const runs = new Map<string, number>()
      for (let rounds = 0; pass(runs); rounds++) {
        if (rounds === MAX_ROUNDS) {
          logger.error('jobs do not come to an end')
          return
        }
      }
    },
    nextDueAt: () => {
      release()
      return earliest(nextOf(deps.jobs), ...held.values())
    },
    nextHeardAt: () => nextOf(deps.jobs.filter((job) => job.silent === undefined)),
  }
}
