import { phrase, type Say } from '../../../content/i18n.ts'
import { type FileRef, fileProblem, filesOf } from '../../../handlers/announcements/service.ts'
import { Refused } from '../../http.ts'
import { type Filled, refused } from '../form.ts'
import type { Ctx, View } from '../view.ts'

/** Pictures and documents of the form in which an announcement is written. */

export const KEPT = 'kept[]'
export const FILES = 'files'

/** A file as the form holds it once it was sent: its hash, and the name of a document. */
export function token({ hash, name }: FileRef): string {
  return name === undefined ? hash : `${hash}:${encodeURIComponent(name)}`
}

/** Hash and name, without a sign that belongs to a path or is not seen. */
const TOKEN = /^(?<hash>[0-9a-f]{64})(?::(?<name>[^/\\\p{C}]{1,80}))?$/u

function fileOf(text: string): FileRef | undefined {
  try {
    const { hash, name } = TOKEN.exec(decodeURIComponent(text))?.groups ?? {}
    return hash === undefined ? undefined : { hash, ...(name !== undefined && { name }) }
  } catch {
    return undefined
  }
}

/** The files that are chosen in a form already. */
export function keptIn({ values }: Filled): FileRef[] {
  return (values[KEPT] ?? '').split(',').flatMap((text) => fileOf(text) ?? [])
}

/** The form with these files as chosen. */
export function withFiles(filled: Filled, files: readonly FileRef[]): Filled {
  return { ...filled, values: { ...filled.values, [KEPT]: files.map(token).join(',') } }
}

/**
 * The form with what was sent along kept and chosen, so that nobody has to pick it again, and beside the field what is
 * wrong with one of the files.
 */
export async function takeFiles(c: Ctx, filled: Filled): Promise<Filled> {
  const view = c.get('view')
  const { photos, env } = view.deps
  const { maxFiles } = env.content.announcementRules
  const files: FileRef[] = []
  const add = (file: FileRef) => {
    if (!files.some((each) => token(each) === token(file))) files.push(file)
  }
  let wrong: Say | undefined
  for (const file of keptIn(filled)) {
    if ((await photos.readFile(file)) !== undefined) add(file)
    else wrong = phrase('console.announcement.fileGone')
  }
  for (const sent of await sentFiles(c)) {
    if (files.length >= maxFiles) {
      wrong = phrase('announcements.error.files', { max: maxFiles })
      break
    }
    const kept = await photos.keepFile(new Uint8Array(await sent.arrayBuffer()), sent.name)
    if (kept.ok) {
      const { hash, name } = kept.value
      add({ hash, ...(name !== undefined && { name }) })
    } else {
      const why = fileProblem(env, kept.error)
      wrong = phrase('console.announcement.inFile', { name: sent.name, why })
    }
  }
  const taken = withFiles(filled, files)
  return wrong === undefined ? taken : refused(taken, wrong, FILES)
}

async function sentFiles(c: Ctx): Promise<readonly File[]> {
  const body = await c.req.parseBody({ all: true })
  return [body[FILES]].flat().filter((each) => each instanceof File && each.size > 0) as File[]
}

/** How a file is called on a page: a picture by its place. */
export function fileText(view: View, { name }: FileRef, i: number): string {
  return name ?? `${view.t('console.announcement.picture')} ${i + 1}`
}

/** A file of an announcement, to be looked at or saved. @throws Refused 404 */
export async function fileResponse(c: Ctx, of: Parameters<typeof filesOf>[1]): Promise<Response> {
  const { store, photos } = c.get('view').deps
  const file = filesOf(store, of)[Number(c.req.param('n')) - 1]
  const data = file && (await photos.readFile(file))
  if (data === undefined) throw new Refused(404, 'not_found', 'no such file')
  const { name } = file ?? {}
  return c.body(new Uint8Array(data), 200, {
    'Content-Type': name === undefined ? 'image/jpeg' : 'application/octet-stream',
    'Content-Disposition':
      name === undefined ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
}
