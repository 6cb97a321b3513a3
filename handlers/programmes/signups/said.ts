import { phrase, type Say } from '../../../content/i18n.ts'
import type { OccurrenceRow } from '../../../db/queries/occurrence.ts'
import type { Ctx } from '../../core/feature.ts'
import { listed } from '../../core/norms.ts'
import { byDay } from '../view.ts'
import { lookOf } from './find.ts'
import { capacityOf } from './seats.ts'
import type { SignedUp } from './service.ts'

/** What is answered to who signed up. */

export function signedUpSay(ctx: Ctx, row: OccurrenceRow, done: readonly SignedUp[]): Say {
  const seated = done.filter((s) => s.place === 0)
  const fresh = seated.filter((s) => s.was !== 'known')
  const known = seated.filter((s) => s.was === 'known')
  const waiting = done.filter((s) => s.place > 0)
  return [
    ...(fresh.length > 0 ? [phrase('signups.taken', { who: who(fresh) })] : []),
    ...(known.length > 0 ? [phrase('signups.known', { who: who(known) })] : []),
    ...(waiting.length > 0
      ? [
          phrase('signups.full', { n: capacityOf(ctx, row) ?? 0 }),
          ...waiting.map((s) => phrase('signups.waiting', { who: who([s]), place: s.place })),
        ]
      : []),
    ...byDay(lookOf(ctx), [row], 'plain'),
    phrase('signups.cancelHow', { no: row.id }),
  ]
}

function who(done: readonly SignedUp[]): Say {
  const guests = done.flatMap(({ guest }) => guest ?? [])
  const names = guests.length > 0 ? listed(guests) : undefined
  if (names === undefined) return phrase('signups.you')
  return guests.length === done.length
    ? phrase('console.words', { words: names })
    : phrase('signups.youAnd', { names })
}
