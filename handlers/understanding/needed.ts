/** Signs that stand in nearly every message: looking for them saves nothing. */
const FREQUENT = new Set('的了不在人是有大上下一这我你没来就都到得着天个又还')

/**
 * Signs of which a text must have one for the pattern to fit; undefined where that cannot be told. The pattern is one of
 * ours: signs, classes, groups, look-arounds and quantifiers.
 */
export function neededSigns(pattern: string): ReadonlySet<string> | undefined {
  return needOfEither(alternativesOf(pattern))
}

const known = new WeakMap<RegExp, RegExp>()

/** Whether a pattern may fit a text: a look at single signs, which is many times cheaper than trying it. */
export function mayFit(pattern: RegExp, text: string): boolean {
  let quick = known.get(pattern)
  if (quick === undefined) {
    const signs = neededSigns(pattern.source)
    const escaped = [...(signs ?? [])].map((sign) => sign.replace(/[\\\]^-]/, '\\$&'))
    quick =
      signs === undefined
        ? /(?:)/
        : new RegExp(`[${escaped.join('')}]`, pattern.flags.replace('g', ''))
    known.set(pattern, quick)
  }
  return quick.test(text)
}

/** The alternatives of a pattern that stand in no group. */
export function alternativesOf(pattern: string): string[] {
  const found = ['']
  for (const atom of atomsOf(pattern)) {
    if (atom === '|') found.push('')
    else found.push(`${found.pop()}${atom}`)
  }
  return found
}

/** A sign, class or group with its quantifier. */
const ATOM =
  /(?<head>\\k<[^>]*>|\\p\{[^}]*\}|\\.|\[(?:\\.|[^\]])*\]|\(|[\s\S])(?<times>[*+?]\??|\{\d+(?:,\d*)?\}\??)?/y

function* atomsOf(pattern: string): Generator<string> {
  for (let at = 0; at < pattern.length; ) {
    const end = pattern.charAt(at) === '(' ? endOfGroup(pattern, at) : endOfAtom(pattern, at)
    yield pattern.slice(at, end)
    at = end
  }
}

function endOfAtom(pattern: string, at: number): number {
  ATOM.lastIndex = at
  return at + (ATOM.exec(pattern)?.[0].length ?? 1)
}

function endOfGroup(pattern: string, at: number): number {
  let end = at + 1
  while (end < pattern.length && pattern.charAt(end) !== ')') {
    end = pattern.charAt(end) === '(' ? endOfGroup(pattern, end) : endOfHead(pattern, end)
  }
  return (
    end + 1 + (/^(?:[*+?]\??|\{\d+(?:,\d*)?\}\??)/.exec(pattern.slice(end + 1))?.[0].length ?? 0)
  )
}

function endOfHead(pattern: string, at: number): number {
  ATOM.lastIndex = at
  return at + (ATOM.exec(pattern)?.groups?.['head']?.length ?? 1)
}

/** Of the parts that must be there, the one that is the rarest. */
function needOf(atoms: readonly string[]): ReadonlySet<string> | undefined {
  let best: ReadonlySet<string> | undefined
  for (const atom of atoms) {
    const need = needOfAtom(atom)
    if (need && (best === undefined || costOf(need) < costOf(best))) best = need
  }
  return best
}

function costOf(signs: ReadonlySet<string>): number {
  return [...signs].reduce((sum, sign) => sum + (FREQUENT.has(sign) ? 10 : 1), 0)
}

function needOfAtom(atom: string): ReadonlySet<string> | undefined {
  if (/(?<!\\)(?:[*?]\??|\{0,?\d*\}\??)$/.test(atom) && atom.length > 1) return undefined
  const bare = atom.length > 1 ? atom.replace(/(?<!\\)(?:\+\??|\{\d+(?:,\d*)?\}\??)$/, '') : atom
  if (bare.startsWith('[')) return signsOfClass(bare.slice(1, -1))
  if (bare.startsWith('(?:')) return needOfEither(alternativesOf(bare.slice(3, -1)))
  if (bare.startsWith('(') || /^(?:[.^$]|\\[a-z])/i.test(bare)) return undefined
  return new Set([bare.replace(/^\\/, '')])
}

function needOfEither(alternatives: readonly string[]): ReadonlySet<string> | undefined {
  const all = new Set<string>()
  for (const alternative of alternatives) {
    const need = needOf([...atomsOf(alternative)])
    if (need === undefined) return undefined
    for (const sign of need) all.add(sign)
  }
  return all
}

/** Classes with a range or an escape have too many signs to name. */
function signsOfClass(inside: string): ReadonlySet<string> | undefined {
  return /^\^|\\|.-./.test(inside) ? undefined : new Set(inside)
}
