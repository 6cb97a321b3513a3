import type { Translation } from './translation.ts'

export const en: Translation = {
  'core.error': 'Sorry, something went wrong here. Please try again later. (no. {{no}})',
}
