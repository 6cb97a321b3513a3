import { toSimplified } from './normalise.ts'

/** A part of a text, as UTF-16 offsets, the end excluded. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The text half-width, simplified, in lower case and with plain spaces, *sign by sign*: an offset in the
 * result is the same offset in the text, so what was found here can be cut out of the sender's own words.
 */
export function fold(text: string): string {
  if (text === last.text) return last.folded
  const narrow = text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/(?!\n)[\s\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069]/gu, ' ')
  const simple = toSimplified(narrow)
  last = { text, folded: simple.length === text.length ? simple : narrow }
  return last.folded
}

/** A message is read for its place, its time and its matter, one right after the other. */
let last = { text: '', folded: '' }

const EDGE = /[\s,，、;；:：\-—~～\u200B-\u200F\u2060]/

/**
 * The text without the ranges and without the separators around what is left. The pieces are joined by
 * a space where there was a separator, else directly.
 */
export function without(text: string, ranges: readonly Range[]): string {
  const pieces: string[] = []
  let from = 0
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(from, Math.max(from, range.start)))
    from = Math.max(from, range.end)
  }
  pieces.push(text.slice(from))
  let kept = ''
  let gap = false
  for (const piece of pieces) {
    let start = 0
    let end = piece.length
    while (start < end && EDGE.test(piece.charAt(start))) start++
    while (end > start && EDGE.test(piece.charAt(end - 1))) end--
    if (start < end) {
      kept += (kept !== '' && (gap || start > 0) ? ' ' : '') + piece.slice(start, end)
      gap = false
    }
    gap ||= end < piece.length
  }
  return kept
}
