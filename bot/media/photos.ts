import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Instant, plus, toMillis } from '../../content/time.ts'
import type { Clock, Logger, Photos, Picture } from '../../handlers/core/ports.ts'
import { err, ok } from '../../handlers/core/result.ts'
import { createCleaner } from './clean.ts'
import { hashedFiles } from './files.ts'

/** So long a photo may wait for the row that refers to it. */
const ORPHAN_HOURS = 24
const TIDY_HOURS = 6

export interface PhotoArchive extends Photos {
  /** Deletes what nothing refers to any more, now and then by the clock. Resolves when none is under way; never rejects. */
  tidy(): Promise<void>
}

export interface PhotoDeps {
  readonly folder: string
  readonly clock: Clock
  readonly logger: Logger
  /** The hashes of the photos that something refers to. */
  linked(now: Instant): ReadonlySet<string>
}

export function mediaFolder(data: string): string {
  return join(data, 'media')
}

/** The photos in `folder`. Their ages follow the clock, not the disk's. */
export function openPhotos({ folder, clock, logger, linked }: PhotoDeps): PhotoArchive {
  const files = hashedFiles(folder)
  const clean = createCleaner()
  /** Not at once: whoever has put a wrong backup in place has time to see it. */
  let tidyAt = plus(clock.now(), { hours: TIDY_HOURS })
  let tidying: Promise<void> = Promise.resolve()
  /** One at a time is decoded: a picture takes a hundred megabytes while it is. */
  let last: Promise<unknown> = Promise.resolve()

  async function keep(bytes: Uint8Array): Promise<Picture> {
    const cleaned = await clean(bytes)
    if (!cleaned.ok) return cleaned
    const { data, width, height } = cleaned.value
    const hash = createHash('sha256').update(data).digest('hex')
    await files.put(hash, data, toMillis(clock.now()))
    return ok({ hash, mime: 'image/jpeg', width, height, bytes: data.length })
  }

  async function tidy(now: Instant): Promise<void> {
    const before = toMillis(plus(now, { hours: -ORPHAN_HOURS }))
    const old = await files.olderThan(before)
    if (old.length === 0) return
    const kept = linked(now)
    for (const name of old) if (!kept.has(name)) files.remove(name, before)
  }

  return {
    keep(bytes) {
      const kept = last.then(() => keep(bytes))
      last = kept.catch(() => undefined)
      return kept.catch((error: unknown) => {
        logger.error('photo not kept', { err: error })
        return err('unavailable')
      })
    },
    read: (hash) => files.get(hash),
    tidy() {
      const now = clock.now()
      if (now >= tidyAt) {
        tidyAt = plus(now, { hours: TIDY_HOURS })
        tidying = tidying
          .then(() => tidy(now))
          .catch((error: unknown) => logger.error('photos not tidied', { err: error }))
      }
      return tidying
    },
  }
}
