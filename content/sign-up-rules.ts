import { z } from 'zod'
import { strict } from './fields.ts'

/** How sign-ups, waiting lists and attendance behave: content/rules/signups.yaml. */
export const signUpRulesSchema = strict({
  offerHours: z.int().min(1).max(72),
  offersEndHoursBefore: z.int().min(0).max(48),
  guestsMost: z.int().min(0).max(20),
  checkInMinutesBefore: z.int().min(0).max(240),
  missedAfterDays: z.int().min(1).max(90),
})
export type SignUpRules = z.infer<typeof signUpRulesSchema>
