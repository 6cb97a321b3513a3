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
  /** When something falls due next; not before now. */
  nextDueAt(): Instant | undefined
  /** Does all that is due. What is due is in the database: after a stop, nothing that fell due meanwhile is forgotten. */
  runDue(): void
}

/** A unit of work that failed is tried again after so long; the others go on. */
const RETRY_MINUTES = 1
/** More rounds than any day needs: a job that never gets done must not hold up the rest. */
const MAX_ROUNDS = 1_000

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { store, env, clock, logger } = deps
  const failedUntil = new Map<string, Instant>()

  function look(): Look {
    return { db: store, now: clock.now(), env }
  }

  function isHeld(name: string, now: Instant): boolean {
    const until = failedUntil.get(name)
    return until !== undefined && until > now
  }

  function runUnit(job: Job, unit: string): void {
    const now = clock.now()
    const name = `${job.name} ${unit}`
    try {
      store.tx((tx) => job.run({ tx, now, env }, unit))
      failedUntil.delete(name)
    } catch (error) {
      failedUntil.set(name, plus(now, { minutes: RETRY_MINUTES }))
      const what = error instanceof Error ? error.name : 'not an Error'
      const incident = store.tx((tx) => insertIncident(tx, now, `job ${job.name}`, what))
      logger.error('job failed', { job: job.name, incident, err: error })
    }
  }

  /** One pass over all jobs, in their order. Gives whether there was anything to do. */
  function pass(): boolean {
    let busy = false
    for (const job of deps.jobs) {
      for (const unit of job.due(look())) {
        if (isHeld(`${job.name} ${unit}`, clock.now())) continue
        runUnit(job, unit)
        busy = true
      }
    }
    return busy
  }

  return {
    runDue: () => {
      for (let rounds = 0; pass(); rounds++) {
        if (rounds === MAX_ROUNDS) {
          logger.error('jobs do not come to an end')
          return
        }
      }
    },
    nextDueAt: () => {
      const now = clock.now()
      const ahead = deps.jobs
        .map((job) => job.nextDueAt(look()))
        .filter((next) => next !== undefined && next > now)
      const held = [...failedUntil.values()].filter((until) => until > now)
      return earliest(...ahead, ...held)
    },
  }
}
