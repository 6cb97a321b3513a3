import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Instant, plus, toMillis } from '../../content/time.ts'
import type { Clock, Files, KeptFile, Logger, Photos, Picture } from '../../handlers/core/ports.ts'
import { err, ok } from '../../handlers/core/result.ts'
import { createCleaner } from './clean.ts'
import { endingIn, endingOf, safeName } from './documents.ts'
import { hashedFiles, hashIn } from './files.ts'

/** So long a photo may wait for the row that refers to it. */
const ORPHAN_HOURS = 24
const TIDY_HOURS = 6
/** The ending of every picture. */
const PICTURE = 'jpg'

/** Pictures and documents in one folder. */
export interface PhotoArchive extends Photos, Files {
  /** Deletes what nothing refers to any more, now and then by the clock. Resolves when none is under way; never rejects. */
  tidy(): Promise<void>
}

export interface PhotoDeps {
  readonly folder: string
  readonly clock: Clock
  readonly logger: Logger
  /** A document may have so many bytes. */
  readonly maxDocumentBytes: number
  /** The hashes of the files that something refers to. */
  linked(now: Instant): ReadonlySet<string>
}

export function mediaFolder(data: string): string {
  return join(data, 'media')
}

/** The pictures and documents in `folder`. Their ages follow the clock, not the disk's. */
export function openPhotos(deps: PhotoDeps): PhotoArchive {
  const { folder, clock, logger, linked } = deps
  const files = hashedFiles(folder)
  const clean = createCleaner()
  /** Not at once: whoever has put a wrong backup in place has time to see it. */
  let tidyAt = plus(clock.now(), { hours: TIDY_HOURS })
  let tidying: Promise<void> = Promise.resolve()
  /** One at a time is decoded: a picture takes a hundred megabytes while it is. */
  let last: Promise<unknown> = Promise.resolve()

  async function put(data: Uint8Array, ending: string): Promise<string> {
    const hash = createHash('sha256').update(data).digest('hex')
    await files.put(`${hash}.${ending}`, data, toMillis(clock.now()))
    return hash
  }

  /** A document stays as it is: what is in it is for the reader's program to open. */
  async function keepDocument(bytes: Uint8Array, name: string): Promise<KeptFile> {
    const ending = await endingOf(bytes, name)
    if (ending === undefined) return err('unknownType')
    if (bytes.length > deps.maxDocumentBytes) return err('tooLarge')
    return ok({ hash: await put(bytes, ending), name: safeName(name, ending) })
  }

  async function keep(bytes: Uint8Array): Promise<Picture> {
    const cleaned = await clean(bytes)
    if (!cleaned.ok) return cleaned
    const { data, width, height } = cleaned.value
    const hash = await put(data, PICTURE)
    return ok({ hash, mime: 'image/jpeg', width, height, bytes: data.length })
  }

  async function tidy(now: Instant): Promise<void> {
    const before = toMillis(plus(now, { hours: -ORPHAN_HOURS }))
    const old = await files.olderThan(before)
    if (old.length === 0) return
    const kept = linked(now)
    for (const name of old) {
      const hash = hashIn(name)
      if (hash === undefined || !kept.has(hash)) files.remove(name, before)
    }
  }

  /** One after the other; what goes wrong is a reason, never thrown. */
  function inTurn<T>(keep: () => Promise<T>) {
    const kept = last.then(keep)
    last = kept.catch(() => undefined)
    return kept.catch((error: unknown) => {
      logger.error('file not kept', { err: error })
      return err('unavailable' as const)
    })
  }

  return {
    keep: (bytes) => inTurn(() => keep(bytes)),
    keepFile: (bytes, name) =>
      inTurn<KeptFile>(async () => {
        const picture = await keep(bytes)
        if (picture.ok) return ok({ hash: picture.value.hash })
        return picture.error === 'notAPhoto' ? await keepDocument(bytes, name) : picture
      }),
    read: (hash) => files.get(`${hash}.${PICTURE}`),
    readFile: ({ hash, name }) =>
      files.get(`${hash}.${name === undefined ? PICTURE : endingIn(name)}`),
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
