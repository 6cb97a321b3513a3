/** An expected outcome as data: `ok` with a value, or a refusal that the dispatcher words for the reader. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function err<const E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error }
}
