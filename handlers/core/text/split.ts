const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Shorter parts would have no room for their number. */
const SHORTEST = 20

/**
 * The text as it may go out: no control, direction or broken characters, `\n` as the only line break,
 * no spaces at a line's end, at most one blank line together. A line that ends in an ASCII colon gets
 * ：, because one network cuts a message there.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/(?!\n)[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replaceAll(':\n', '：\n')
    .replace(/^\n+/, '')
    .trimEnd()
}

/** How many of the signs, at most `room`, go into the first piece of a line that is too long. */
function cutAt(signs: readonly string[], from: number, room: number): number {
  let comma = 0
  for (let n = room; n > room / 3; n--) {
    const sign = signs[from + n - 1] ?? ''
    const next = signs[from + n] ?? ''
    if (/[」』”）]/.test(next)) continue
    if (/[。！？；…]/.test(sign) || (/[.!?;」』”）]/.test(sign) && /\s/.test(next))) return n
    if (comma === 0 && /[，、\s]/.test(sign)) comma = n
  }
  return comma > 0 ? comma : wholeGraphemes(signs, from, room)
}

/** `room`, or less where that would cut an emoji or an accented letter in two. */
function wholeGraphemes(signs: readonly string[], from: number, room: number): number {
  const head = signs.slice(from, from + room).join('')
  const window = signs.slice(from, from + room + SHORTEST).join('')
  const start = graphemes.segment(window).containing(head.length)?.index ?? head.length
  const whole = [...window.slice(0, start)].length
  return whole > 0 ? whole : room
}

function* pieces(line: string, room: number): Generator<string> {
  if (line === '') yield line
  const signs = [...line]
  for (let from = 0; from < signs.length; ) {
    const size = signs.length - from <= room ? signs.length - from : cutAt(signs, from, room)
    yield signs.slice(from, from + size).join('')
    from += size
  }
}

/** Whole lines together as long as they fit into `room`; blank lines at a border are dropped. */
function pack(text: string, room: number): string[] {
  const parts: string[] = []
  let lines: string[] = []
  let size = 0
  const flush = () => {
    const part = lines.join('\n').replace(/^\n+/, '').trimEnd()
    if (part.trim() !== '') parts.push(part)
    lines = []
    size = 0
  }
  for (const line of text.split('\n')) {
    for (const piece of pieces(line, room)) {
      const length = [...piece].length
      if (lines.length > 0 && size + 1 + length > room) flush()
      size += length + (lines.length > 0 ? 1 : 0)
      lines.push(piece)
    }
  }
  flush()
  return parts
}

/**
 * A long text as parts of at most `max` characters (code points; `max` at least 20), cut between lines,
 * a line that is too long by itself at a sentence's end where there is one. Each part begins with its
 * number, `(1/3) `, which counts. A text that fits is the only part, unchanged; an empty text has none.
 */
export function splitText(text: string, max = 600): string[] {
  if (text.trim() === '') return []
  const limit = Math.max(max, SHORTEST)
  if (text.length <= limit || [...text].length <= limit) return [text]
  for (let digits = 1; ; digits++) {
    const parts = pack(text, Math.max(limit - '(/) '.length - 2 * digits, 1))
    if (parts.length === 1) return parts
    if (`${parts.length}`.length <= digits) {
      return parts.map((part, i) => `(${i + 1}/${parts.length}) ${part}`)
    }
  }
}
