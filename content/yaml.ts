import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'

/** Something wrong in a content file; `line` counts from 1, `path` is empty for the file as a whole. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly path: string
  readonly message: string
}

/** Thrown with everything that is wrong, so that an author can mend it in one go. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    const lines = problems.map((p) => `${p.file}:${p.line}: ${p.path && `${p.path}: `}${p.message}`)
    super(`the content has ${problems.length} problem(s)\n${lines.join('\n')}`)
    this.problems = problems
  }
}

export type Path = readonly (string | number)[]

export interface ContentFile<T> {
  readonly value: T
  /** A problem at a path of this file, for checks that need more than one file. */
  problem(path: Path, message: string): Problem
}

/**
 * Reads and checks `dir`/`file` (YAML 1.2, so JSON too; UTF-8).
 * What is wrong is added to `problems`; the answer is undefined then.
 */
export function readContentFile<S extends z.ZodType>(
  dir: string,
  file: string,
  schema: S,
  problems: Problem[],
): ContentFile<z.output<S>> | undefined {
  const whole = (message: string) => {
    problems.push({ file, line: 1, path: '', message })
    return undefined
  }
  const text = readText(join(dir, file))
  if ('error' in text) return whole(text.error)

  const lines = new LineCounter()
  const doc = parseDocument(text.text, { lineCounter: lines, prettyErrors: false })
  if (doc.errors.length > 0) {
    for (const { pos, message } of doc.errors) {
      problems.push({ file, line: lines.linePos(pos[0]).line, path: '', message })
    }
    return undefined
  }
  const plain = toPlain(() => doc.toJS())
  if ('error' in plain) return whole(plain.error)

  const problem = (path: Path, message: string): Problem => {
    const offset = offsetOf(doc.contents, path)
    const line = Math.max(1, lines.linePos(offset).line)
    return { file, line, path: z.core.toDotPath(path), message }
  }
  const parsed = schema.safeParse(plain.value, { reportInput: true })
  if (parsed.success) return { value: parsed.data, problem }
  for (const { path, message } of parsed.error.issues.flatMap((issue) => explain(issue, []))) {
    problems.push(problem(path, message))
  }
  return undefined
}

function readText(path: string): { text: string } | { error: string } {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === undefined) throw error
    return {
      error: code === 'ENOENT' ? 'expected this file, there is none' : `unreadable: ${code}`,
    }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { error: 'expected UTF-8 text' }
  }
}

function toPlain(read: () => unknown): { value: unknown } | { error: string } {
  try {
    return { value: read() }
  } catch (error) {
    // An alias that nobody defined, or aliases that multiply without end.
    if (!(error instanceof ReferenceError)) throw error
    return { error: `unreadable: ${error.message}` }
  }
}

/** Where the key or item at `path` starts, or the deepest part of the path that is there. */
function offsetOf(contents: unknown, path: Path): number {
  let node: unknown = contents
  let offset = isNode(contents) ? start(contents) : 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step))
      if (!pair) break
      if (isNode(pair.key)) offset = start(pair.key)
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      if (!isNode(item)) break
      offset = start(item)
      node = item
    } else break
  }
  return offset
}

function start(node: Node): number {
  return node.range?.[0] ?? 0
}

interface Finding {
  readonly path: Path
  readonly message: string
}

/** An issue of zod in plain words. Of a union, the findings of the branch that came closest. */
function explain(issue: z.core.$ZodIssue, above: Path): Finding[] {
  const path = [
    ...above,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key "${key}"` }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((branch) => branch.flatMap((i) => explain(i, path)))
    return branches.reduce((best, branch) => (branch.length < best.length ? branch : best))
  }
  if (issue.code === 'invalid_type') {
    const hint = issue.expected === 'string' && typeof issue.input === 'number' ? ' (quote it)' : ''
    const expected = IN_WORDS[issue.expected] ?? issue.expected
    return [{ path, message: `expected ${expected}, found ${describe(issue.input)}${hint}` }]
  }
  const message = issue.message.replace(/^[A-Z][a-z ]+: (?=expected)/, '')
  const found = issue.code === 'invalid_value' ? `, found ${describe(issue.input)}` : ''
  return [{ path, message: `${message}${found}` }]
}

const IN_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  return typeof value === 'string' ? `"${value}"` : String(value)
}
