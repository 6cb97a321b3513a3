import type { OutboxId } from '../schema.ts'
import type { AnnouncementId } from '../schema-announcements.ts'
import { q, type Reader, type Tx } from '../store.ts'

/** A file outside the database: a document by its name, a picture without one. */
export interface FileRef {
  readonly hash: string
  readonly name?: string
}

interface Row {
  readonly hash: string
  readonly name: string | null
}

const toRef = ({ hash, name }: Row): FileRef => ({ hash, ...(name !== null && { name }) })

/** What goes out with an announcement, in order. */
export function filesOf(db: Reader, id: AnnouncementId): FileRef[] {
  return db
    .all(
      q
        .selectFrom('announcement_file')
        .select(['hash', 'name'])
        .where('announcement_id', '=', id)
        .orderBy('position'),
    )
    .map(toRef)
}

/** From now on these go out with it, and no others. */
export function putFiles(tx: Tx, id: AnnouncementId, files: readonly FileRef[]): void {
  tx.run(q.deleteFrom('announcement_file').where('announcement_id', '=', id))
  files.forEach(({ hash, name }, i) => {
    const row = { announcement_id: id, position: i + 1, hash, name: name ?? null }
    tx.run(q.insertInto('announcement_file').values(row))
  })
}

/** Makes a message of the outbox a file. */
export function makeFile(tx: Tx, outbox: OutboxId, { hash, name }: FileRef): void {
  tx.run(q.insertInto('outbox_file').values({ outbox_id: outbox, hash, name: name ?? null }))
}

/** The file that a message is; `undefined` when it is words. */
export function fileIn(db: Reader, outbox: OutboxId): FileRef | undefined {
  const row = db.get(
    q.selectFrom('outbox_file').select(['hash', 'name']).where('outbox_id', '=', outbox),
  )
  return row && toRef(row)
}

/** The hashes of all files that were announced, are to be, or still wait to be sent. */
export function announcedFiles(db: Reader): string[] {
  const announced = q.selectFrom('announcement_file').select('hash')
  const sent = q.selectFrom('outbox_file').select('hash')
  return db.all(announced.union(sent)).map((row) => row.hash)
}
