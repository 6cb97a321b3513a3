/** Something is wrong with the database as a whole; `code` says what, the message what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: 'locked' | 'corrupt' | 'unwritable' | 'newer' | 'older' | 'missing' | 'migration'
  constructor(code: DatabaseError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The code that the driver or the operating system gave an error, such as `SQLITE_BUSY`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

const NO_ACCESS =
  /^(SQLITE_(CANTOPEN|READONLY|IOERR|FULL|PERM)|E(ACCES|PERM|ROFS|NOSPC|ISDIR|NOTDIR|NOENT))/

/** What `error` means for the database at `path`, in words for the operator; faults of ours stay as they are. */
export function asDatabaseError(error: unknown, path: string): unknown {
  if (error instanceof DatabaseError) return error
  const code = codeOf(error)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return corrupt(path, error)
  if (NO_ACCESS.test(code)) {
    return new DatabaseError(
      'unwritable',
      `${path} cannot be opened or written (${code}). It must be a file that this user may write, on a disk with room.`,
      { cause: error },
    )
  }
  return error
}

export function corrupt(path: string, cause?: unknown): DatabaseError {
  return new DatabaseError('corrupt', `${path} is damaged or is no database of Linli.`, { cause })
}

export function unwritable(folder: string, cause: unknown, setting = 'LINLI_DATA'): DatabaseError {
  return new DatabaseError(
    'unwritable',
    `The folder ${folder} cannot be made or written (${codeOf(cause)}). Set ${setting} to a folder that this user may write.`,
    { cause },
  )
}
