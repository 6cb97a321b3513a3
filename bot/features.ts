import { announcements } from '../handlers/announcements/index.ts'
import type { Feature } from '../handlers/core/feature.ts'
import { helping } from '../handlers/help/index.ts'
import { privacy } from '../handlers/privacy/index.ts'
import { programmes } from '../handlers/programmes/index.ts'
import { signUps } from '../handlers/programmes/signups/index.ts'
import { reports } from '../handlers/reports/index.ts'
import { rules } from '../handlers/rules/index.ts'
import { staff } from '../handlers/staff/index.ts'
import { surveys } from '../handlers/surveys/index.ts'

/** Everything Linli does, in the order in which help shows it, commands are tried and jobs run. */
export const features: readonly Feature[] = [
  helping,
  programmes,
  signUps,
  rules,
  surveys,
  reports,
  announcements,
  staff,
  privacy,
]
