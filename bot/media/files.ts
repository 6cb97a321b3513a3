import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { publish } from '../../db/files.ts'

/**
 * Files by the hash of what is in them and an ending, as in `abcdef….jpg`, spread over folders by the first two digits.
 */
export interface HashedFiles {
  /** Writes the file, also again; it counts as written at `millis`. All of it is on the disk before its name is. */
  put(name: string, data: Uint8Array, millis: number): Promise<void>
  get(name: string): Promise<Uint8Array | undefined>
  /** The names of the files, also of unfinished ones, that were written before `millis`. */
  olderThan(millis: number): Promise<readonly string[]>
  /** Removes what `olderThan` gave, unless it was written again meanwhile. */
  remove(name: string, olderThan: number): void
}

const FINISHED = /^([0-9a-f]{64})\.[a-z]{2,5}$/

/** The hash in the name of a finished file; `undefined` for any other name. */
export function hashIn(name: string): string | undefined {
  return FINISHED.exec(name)?.[1]
}

export function hashedFiles(folder: string): HashedFiles {
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name)

  return {
    async put(name, data, millis) {
      const target = pathOf(name)
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      const half = `${target}.${randomBytes(6).toString('hex')}.part`
      try {
        await writeFile(half, data, { flag: 'wx', mode: 0o600 })
        await utimes(half, millis / 1000, millis / 1000)
        // In one step with the rest of the thread, so that what is removed is never what was just written.
        publish(half, target)
      } catch (error) {
        rmSync(half, { force: true })
        throw error
      }
    },
    async get(name) {
      if (!FINISHED.test(name)) return undefined
      try {
        return await readFile(pathOf(name))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async olderThan(millis) {
      const found: string[] = []
      for (const part of await listing(folder)) {
        for (const name of await listing(join(folder, part))) {
          const written = await writtenAt(join(folder, part, name))
          if (written < millis) found.push(name)
        }
      }
      return found
    },
    remove(name, olderThan) {
      const path = pathOf(name)
      const file = statSync(path, { throwIfNoEntry: false })
      if (file !== undefined && file.mtimeMs < olderThan) rmSync(path)
    },
  }
}

async function listing(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error) || isNoFolder(error)) return []
    throw error
  }
}

/** An unfinished file may have got its name meanwhile: then it is as new as can be. */
async function writtenAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return Number.POSITIVE_INFINITY
    throw error
  }
}

const isMissing = (error: unknown) => codeOf(error) === 'ENOENT'
const isNoFolder = (error: unknown) => codeOf(error) === 'ENOTDIR'

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
