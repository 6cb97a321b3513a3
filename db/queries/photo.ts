import type { Instant } from '../../content/time.ts'
import { q, type Reader } from '../store.ts'
import { announcedFiles } from './outbox-file.ts'

/** The hashes of all photos that a row refers to. A table that comes to refer to photos belongs in here. */
export function linkedPhotos(db: Reader, now: Instant): ReadonlySet<string> {
  const kept = db.all(q.selectFrom('case_photo').select('hash').distinct())
  const open = db.all(q.selectFrom('dialogue').select('state').where('expires_at', '>', now))
  return new Set([
    ...kept.map(({ hash }) => hash),
    ...announcedFiles(db),
    // A dialogue keeps the photos that it has taken in its state.
    ...open.flatMap(({ state }) => state.match(/\b[0-9a-f]{64}\b/g) ?? []),
  ])
}
