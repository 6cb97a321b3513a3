/** One line of the table. */
export interface Measured {
  readonly what: string
  readonly measured: string
  readonly limit: string
  readonly ratio: string
}

/** How long each of `times` runs took, in milliseconds, the shortest first. */
export function timed(times: number, run: (n: number) => unknown): readonly number[] {
  return Array.from({ length: times }, (_, n) => {
    const started = performance.now()
    run(n)
    return performance.now() - started
  }).sort((a, b) => a - b)
}

/** The least value that a share `p` of the sorted values does not exceed. */
export function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

/** Median and 95th percentile against a limit for the latter, in milliseconds. */
export function latency(what: string, sorted: readonly number[], limitMs?: number): Measured {
  const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)]
  return {
    what,
    measured: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
    limit: limitMs === undefined ? '' : `p95 ${limitMs} ms`,
    ratio: limitMs === undefined ? '' : (p95 / limitMs).toFixed(2),
  }
}

/** A table of fixed columns. */
export function table(lines: readonly Measured[]): string {
  const rows = [{ what: 'what', measured: 'measured', limit: 'limit', ratio: 'ratio' }, ...lines]
  const width = (key: keyof Measured) => Math.max(...rows.map((row) => row[key].length))
  const widths = { what: width('what'), measured: width('measured'), limit: width('limit') }
  const line = ({ what, measured, limit, ratio }: Measured) =>
    `${what.padEnd(widths.what)}  ${measured.padEnd(widths.measured)}  ${limit.padEnd(widths.limit)}  ${ratio}\n`
  return rows.map(line).join('')
}
