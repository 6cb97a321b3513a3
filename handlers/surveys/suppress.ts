/** A cell of a table with fewer people would say too much about them. */
export const LEAST_CELL = 5

/**
 * Which cells of a table by place may be shown, as a set of their indexes; `counts` are people who answered.
 * A cell under 5 is hidden. As the total is shown too, whatever hides must not come out by subtraction: the
 * hidden cells are at least two with at least 5 people together, so the smallest others hide along with them
 * (complementary suppression, the usual rule of official statistics). Empty cells alone need no company.
 */
export function shown(counts: readonly number[]): ReadonlySet<number> {
  const order = counts.map((n, i) => ({ n, i })).sort((a, b) => a.n - b.n)
  let hidden = order.filter(({ n }) => n < LEAST_CELL).length
  let people = order.slice(0, hidden).reduce((sum, { n }) => sum + n, 0)
  while (people > 0 && hidden < order.length && (hidden < 2 || people < LEAST_CELL)) {
    people += order[hidden]?.n ?? 0
    hidden++
  }
  return new Set(order.slice(hidden).map(({ i }) => i))
}
