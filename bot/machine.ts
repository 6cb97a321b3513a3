import { readFileSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contentRoot } from '../content/load.ts'

/** What is free on the disk of `path`. */
export function freeMegabytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return Math.round((bavail * bsize) / 1_000_000)
}

let version: string | undefined

/** The version in package.json. */
export function programVersion(): string {
  version ??= String(
    JSON.parse(readFileSync(join(dirname(contentRoot()), 'package.json'), 'utf8')).version,
  )
  return version
}
