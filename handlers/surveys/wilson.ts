/** Bounds of a share, both within 0 and 1. */
export interface Interval {
  readonly low: number
  readonly high: number
}

export interface Sample {
  /** Need not be whole: the mean of what each person got right, times the people, is a sample as well. */
  readonly successes: number
  /** People. */
  readonly n: number
  /** Everybody who could have answered; left out, many more than `n`. */
  readonly population?: number | undefined
}

/** The standard normal's 97.5 % point: 95 % lie between its negative and it. */
const Z = 1.959963984540054

/**
 * The 95 % interval of a share by E. B. Wilson's score method (1927, JASA 22, 209–212):
 * `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`, which holds for small samples and near 0 and 1 too.
 * Of a finite population, z shrinks by the usual correction `√((N−n)/(N−1))`; asking everybody leaves the
 * point, and asking nobody says nothing: 0 to 1.
 * @throws RangeError unless 0 ≤ successes ≤ n
 */
export function wilson({ successes, n, population }: Sample): Interval {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`not a share: ${successes} of ${n}`)
  }
  if (n === 0) return { low: 0, high: 1 }
  const p = successes / n
  if (population !== undefined && population <= n) return { low: p, high: p }
  const correction = population === undefined ? 1 : (population - n) / (population - 1)
  const zz = Z * Z * correction
  const middle = p + zz / (2 * n)
  const half = Math.sqrt(zz * ((p * (1 - p)) / n + zz / (4 * n * n)))
  const whole = 1 + zz / n
  // Exact arithmetic keeps the point inside and the bounds within 0 and 1; rounding may not.
  return {
    low: Math.max(0, Math.min(p, (middle - half) / whole)),
    high: Math.min(1, Math.max(p, (middle + half) / whole)),
  }
}
