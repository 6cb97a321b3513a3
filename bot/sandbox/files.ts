import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The bytes that came with messages, by message id. */
export interface FileStore {
  put(id: string, bytes: Uint8Array): void
  get(id: string): Uint8Array | undefined
}

export function filesInMemory(): FileStore {
  const files = new Map<string, Uint8Array>()
  return { put: (id, bytes) => void files.set(id, bytes.slice()), get: (id) => files.get(id) }
}

/** Files in `folder`, which is made when missing; readable by their owner alone. */
export function filesIn(folder: string): FileStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    put: (id, bytes) => writeFileSync(join(folder, id), bytes, { mode: 0o600 }),
    get(id) {
      try {
        return readFileSync(join(folder, id))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}
