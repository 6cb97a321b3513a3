import type { Level } from '../../content/survey-schema.ts'
import { type Interval, wilson } from './wilson.ts'

/** The arithmetic of survey results. Rates run from 0 to 1, unrounded; only `percent` rounds. */

/** A part of a whole; without a whole there is no rate. */
export interface Share {
  readonly successes: number
  readonly n: number
  readonly rate: number | undefined
}

/** @throws RangeError unless both are whole numbers and 0 ≤ successes ≤ n */
export function share(successes: number, n: number): Share {
  if (!Number.isInteger(n) || !Number.isInteger(successes) || successes < 0 || successes > n) {
    throw new RangeError(`not a share: ${successes} of ${n}`)
  }
  return { successes, n, rate: n === 0 ? undefined : successes / n }
}

/**
 * Whether a target is reached, and whether the sample is large enough to say so:
 * `met_small` is met, but the truth may lie below; `not_met_close` is not met, but the truth may lie above.
 */
export type Verdict = 'met' | 'met_small' | 'not_met_close' | 'not_met'

/** The verdict on a rate with its interval; none where nobody answered. A bound on the target counts as reached. */
export function verdict(
  rate: number | undefined,
  { low, high }: Interval,
  target: number,
): Verdict | undefined {
  if (rate === undefined) return undefined
  if (rate >= target) return low >= target ? 'met' : 'met_small'
  return high >= target ? 'not_met_close' : 'not_met'
}

export interface Assessment extends Share {
  /** 95 %. */
  readonly interval: Interval | undefined
  readonly verdict: Verdict | undefined
}

/**
 * A share with its interval and its verdict.
 * `people` is how many persons stand behind it, where that is not `n`: several answers of one person are not
 * independent. The mean of per-person scores between 0 and 1 varies at most as much as a yes or no does
 * (its variance is at most p(1−p)), so the interval of `people` is never too narrow on that account.
 */
export function assess(
  of: Share,
  basis: {
    readonly population?: number | undefined
    readonly target?: number | undefined
    readonly people?: number | undefined
  },
): Assessment {
  const { rate } = of
  const { population, target, people = of.n } = basis
  if (rate === undefined) return { ...of, interval: undefined, verdict: undefined }
  const interval = wilson({ successes: (of.successes * people) / of.n, n: people, population })
  return {
    ...of,
    interval,
    verdict: target === undefined ? undefined : verdict(rate, interval, target),
  }
}

/** How many chose each level. 不清楚, refusals and blanks are no valid opinion and stand elsewhere. */
export type Distribution = Readonly<Record<Level, number>>

/**
 * 满意率: 很满意 and 满意 (the top two levels) over all valid answers. 一般 counts in the whole only, unless
 * the community's settings say that it is good enough (`countMiddle`, as 12345 practice has it for 基本满意).
 */
export function satisfactionRate(
  distribution: Distribution,
  { countMiddle = false }: { readonly countMiddle?: boolean } = {},
): Share {
  const good = distribution[5] + distribution[4] + (countMiddle ? distribution[3] : 0)
  const n = distribution[1] + distribution[2] + distribution[3] + distribution[4] + distribution[5]
  return share(good, n)
}

/**
 * The response rate: people with a valid answer over people invited, as AAPOR's RR1 counts complete
 * interviews over all who were eligible. `valid` counts only invited people, each once.
 */
export function responseRate({
  invited,
  valid,
}: {
  readonly invited: number
  readonly valid: number
}): Share {
  return share(valid, invited)
}

/** A rate in percent with one decimal, halves upwards, without the sign: 0.7778 is `77.8`. */
export function percent(rate: number): string {
  // Twelve digits first: 0.2345 × 1000 is 234.49999999999997.
  return (Math.round(Number((rate * 1000).toPrecision(12))) / 10).toFixed(1)
}
