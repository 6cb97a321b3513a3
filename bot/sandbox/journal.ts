import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/** A file of one JSON record a line that only ever grows. */
export interface Journal {
  /** Returns once the operating system has the record; a failed write leaves the file as it was. */
  append(record: unknown): void
  close(): void
}

/** A journal that cannot be opened or read back; the message names the file and the line, and quotes nothing of it. */
export class JournalError extends Error {
  override readonly name = 'JournalError'
}

const NEWLINE = 0x0a

/**
 * Opens the journal at `path`, making it readable by its owner alone, and hands every record in it
 * to `replay`. What a crash left half written at the end is cut off.
 * @throws JournalError when a whole line is no JSON or `replay` throws on it
 */
export function openJournal(path: string, replay: (record: unknown) => void): Journal {
  const file = open(path)
  let closed = false
  try {
    let size = readBack(path, file, replay)
    return {
      append(record) {
        if (closed) throw new Error('the journal is closed')
        const line = Buffer.from(`${JSON.stringify(record)}\n`)
        try {
          writeAll(file, line)
        } catch (error) {
          ftruncateSync(file, size)
          throw error
        }
        size += line.length
      },
      close() {
        if (!closed) closeSync(file)
        closed = true
      },
    }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'a+', 0o600)
  } catch (cause) {
    throw new JournalError(`${path} cannot be opened or written.`, { cause })
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}

/** The size of the journal once a torn last line is off. */
function readBack(path: string, file: number, replay: (record: unknown) => void): number {
  const bytes = readFileSync(file)
  const size = bytes.lastIndexOf(NEWLINE) + 1
  const lines = bytes.toString('utf8', 0, size).split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    try {
      replay(JSON.parse(line))
    } catch (cause) {
      throw new JournalError(
        `${path}, line ${index + 1}: the sandbox's network is damaged. The file is left as it is; move it away to begin a new sandbox.`,
        { cause },
      )
    }
  }
  if (size < bytes.length) ftruncateSync(file, size)
  return size
}
