import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fromMillis, type Instant, toMillis } from '../../content/time.ts'
import { publish } from '../../db/files.ts'
import { hashIn } from '../media/files.ts'

export interface Copied {
  /** How many files are in `to` now that are in `from`. */
  readonly count: number
  /** Names of files that are not what their name says: they were left out. */
  readonly damaged: readonly string[]
}

/**
 * Copies the pictures and documents of one media folder into another. Their names are the hashes of their content and they
 * never change, so only new ones are copied, and each is checked on the way. All count as written at `now`.
 */
export async function copyMedia(from: string, to: string, now: Instant): Promise<Copied> {
  if (resolve(from) === resolve(to)) return { count: 0, damaged: [] }
  const damaged: string[] = []
  let count = 0
  for (const { part, name } of mediaIn(from)) {
    const target = join(to, part, name)
    if (!isFile(target) && !(await copyOne(join(from, part, name), target))) damaged.push(name)
    else {
      count++
      await utimes(target, toMillis(now) / 1000, toMillis(now) / 1000)
    }
  }
  return { count, damaged }
}

/** Whether the file is what its name says; then it is in place, and on the disk before its name is. */
async function copyOne(source: string, target: string): Promise<boolean> {
  const data = await readFile(source)
  const name = source.slice(source.lastIndexOf('/') + 1)
  if (createHash('sha256').update(data).digest('hex') !== hashIn(name)) return false
  mkdirSync(join(target, '..'), { recursive: true, mode: 0o700 })
  await writeFile(`${target}.part`, data, { mode: 0o600 })
  publish(`${target}.part`, target)
  return true
}

/** Removes from a backup's media folder what no backup since `oldest` has had. */
export function pruneMedia(folder: string, oldest: Instant): void {
  for (const { part, name } of mediaIn(folder)) {
    const path = join(folder, part, name)
    if (fromMillis(statSync(path).mtimeMs) < oldest) rmSync(path)
  }
}

function mediaIn(folder: string): { part: string; name: string }[] {
  return entries(folder).flatMap((part) =>
    entries(join(folder, part))
      .filter((name) => hashIn(name) !== undefined)
      .map((name) => ({ part, name })),
  )
}

function entries(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
