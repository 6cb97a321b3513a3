import { fileTypeFromBuffer } from 'file-type'

/** What groups can be sent beside pictures: what office programs write, without macros. Nothing that runs or unpacks. */
const DOCUMENTS = ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp']

/** Old office programs write one kind of container; only the name tells what is in it. */
const CONTAINER = 'cfb'
const CONTAINED = ['doc', 'xls', 'ppt', 'wps', 'et', 'dps']

/** The ending that a document's content deserves; `undefined` for what is none, whatever it is called. */
export async function endingOf(bytes: Uint8Array, name: string): Promise<string | undefined> {
  const ext = (await fileTypeFromBuffer(bytes))?.ext
  if (ext === CONTAINER) return CONTAINED.find((ending) => ending === endingIn(name))
  return DOCUMENTS.find((ending) => ending === ext)
}

/** What follows the last dot of a name, in small letters. */
export function endingIn(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1]?.trim().toLowerCase() ?? ''
}

const LONGEST = 60
/** Names that Windows keeps for itself. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * A name that no program takes for a path, a command or another type: the last part of a path, without signs that are
 * not seen or that mean something to a shell, of modest length, ending as the content says.
 */
export function safeName(name: string, ending: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const seen = last.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').replace(/[<>:"|?*%=]/g, '')
  const stem = (endingIn(seen) === ending ? seen.slice(0, -ending.length - 1) : seen)
    .replace(/\s+/g, ' ')
    .replace(/^[\s.+@-]+|[\s.]+$/g, '')
  const cut = [...stem].slice(0, LONGEST).join('').trim()
  return `${cut === '' || RESERVED.test(cut) ? '文件' : cut}.${ending}`
}
