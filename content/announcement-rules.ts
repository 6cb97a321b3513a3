import { z } from 'zod'
import { strict } from './fields.ts'

/** How announcements behave: content/rules/announcements.yaml. */
export const announcementRulesSchema = strict({
  /** Whether a second member of staff has to confirm; a setting of the database may say otherwise. */
  approval: z.boolean(),
  draftMinutes: z.int().min(5).max(1440),
  approvalHours: z.int().min(1).max(72),
  maxLength: z.int().min(100).max(5000),
  usefulHours: z.int().min(1).max(72),
  duplicateHours: z.int().min(0).max(168),
  urgentGapSeconds: z.int().min(0).max(60),
  repeatDays: z.int().min(1).max(366),
  maxFiles: z.int().min(0).max(9),
  maxFileMegabytes: z.int().min(1).max(50),
})
export type AnnouncementRules = z.infer<typeof announcementRulesSchema>

/** So many bytes a document may have. */
export function maxFileBytes({ maxFileMegabytes }: AnnouncementRules): number {
  return maxFileMegabytes * 1024 * 1024
}
