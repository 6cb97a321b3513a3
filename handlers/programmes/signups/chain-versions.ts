/** What became of a 接龙 list: people copy the last version they see, so versions cross each other. Pure. */

/** A version as it was posted: the names, made alike. */
export interface Version {
  readonly by: number
  readonly names: readonly string[]
}

export interface Change {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

interface State {
  /** The names that count, each with who put it there. */
  readonly names: ReadonlyMap<string, number>
  /** What people may have copied: every version and what came of it, the empty list first. */
  readonly past: readonly ReadonlySet<string>[]
}

const START: State = { names: new Map(), past: [new Set()] }

/** What the next version of a list changes, after the versions before it. */
export function changeOf(before: readonly Version[], next: Version): Change {
  const state = before.reduce(after, START)
  const then = after(state, next)
  return {
    add: [...then.names.keys()].filter((name) => !state.names.has(name)),
    remove: [...state.names.keys()].filter((name) => !then.names.has(name)),
  }
}

/** The names that count after all versions. */
export function namesAfter(versions: readonly Version[]): string[] {
  return [...versions.reduce(after, START).names.keys()]
}

/**
 * A version is a copy of something earlier with a few changes: of what it differs least from, and of those the latest.
 * What it adds and drops against that is done to the present names. Nobody's own name stays that they drop.
 */
function after(state: State, { by, names }: Version): State {
  const posted = new Set(names)
  const base = nearest(state.past, posted)
  const kept = new Map(
    [...state.names].filter(([name, who]) => posted.has(name) || !(base.has(name) || who === by)),
  )
  for (const name of posted) {
    if (!base.has(name) && !kept.has(name)) kept.set(name, by)
  }
  return { names: kept, past: [...state.past, posted, new Set(kept.keys())] }
}

function nearest(
  states: readonly ReadonlySet<string>[],
  posted: ReadonlySet<string>,
): ReadonlySet<string> {
  let best: { readonly of: ReadonlySet<string>; readonly far: number } | undefined
  for (const of of states) {
    const same = [...posted].filter((name) => of.has(name)).length
    const far = of.size + posted.size - 2 * same
    if (best === undefined || far <= best.far) best = { of, far }
  }
  return best?.of ?? new Set()
}
