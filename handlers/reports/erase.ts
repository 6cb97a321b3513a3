import { deletePhotosOf } from '../../db/queries/case-evidence.ts'
import { complaintsBy, deleteAdditions, updateComplaint } from '../../db/queries/complaint.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'

/**
 * Forgets who made a resident's reports and what they said; the cases stay, and count. Gives the hashes of the pictures
 * that belonged to them, whose files are to be removed unless another case shows the same.
 */
export function forgetReporter(work: Work, resident: ResidentId): string[] {
  return complaintsBy(work.tx, resident).flatMap(({ id }) => {
    updateComplaint(work.tx, id, {
      reporter: `n:${work.env.random.token()}`,
      resident_id: null,
      words: '',
      effect: null,
      prior: null,
      place_words: null,
      room_id: null,
    })
    deleteAdditions(work.tx, id)
    return deletePhotosOf(work.tx, id)
  })
}
