import type { OutboxId } from '../schema.ts'
import type { AnnouncementId } from '../schema-announcements.ts'
import { q, type Reader, type Tx } from '../store.ts'

/** The pictures of an announcement, by the hashes of their files, in order. */
export function picturesOf(db: Reader, id: AnnouncementId): string[] {
  return db
    .all(
      q
        .selectFrom('announcement_picture')
        .select('hash')
        .where('announcement_id', '=', id)
        .orderBy('position'),
    )
    .map((row) => row.hash)
}

export function addPicture(tx: Tx, id: AnnouncementId, position: number, hash: string): void {
  tx.run(q.insertInto('announcement_picture').values({ announcement_id: id, position, hash }))
}

/** Makes a message of the outbox a picture. */
export function makePicture(tx: Tx, outbox: OutboxId, hash: string): void {
  tx.run(q.insertInto('outbox_picture').values({ outbox_id: outbox, hash }))
}

/** The picture that a message is; `undefined` when it is words. */
export function pictureIn(db: Reader, outbox: OutboxId): string | undefined {
  return db.get(q.selectFrom('outbox_picture').select('hash').where('outbox_id', '=', outbox))?.hash
}

/** The hashes of all pictures that were announced or are to be. */
export function announcedPictures(db: Reader): string[] {
  return db
    .all(q.selectFrom('announcement_picture').select('hash').distinct())
    .map((row) => row.hash)
}
