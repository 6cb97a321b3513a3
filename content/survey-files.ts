import { createHash } from 'node:crypto'
import { z } from 'zod'
import { LANGS } from './fields.ts'
import { type Questionnaire, questionnaireSchema, questionText } from './survey-schema.ts'
import { lengthOf } from './survey-words.ts'
import { type ContentFile, type Problem, readContentFile } from './yaml.ts'

/** Questionnaires as files: `surveys/<id>.v<version>.yaml`, and the list of those that are published. */

const PUBLISHED = 'surveys/published.json'

/** Characters that a question leaves for what stands around it: title, progress, how to answer. */
const FRAME = 120

const publishedSchema = z.record(
  z.string().regex(/^[a-z0-9-]+\.v[1-9]\d*$/, 'expected an id and a version such as choir.v1'),
  z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
)

/**
 * Reads and checks the questionnaires among `files` (all of the folder, relative to `dir`), in the order of
 * id and version. `maxTextLength` is that of a chat message; left out, lengths are not checked.
 */
export function readSurveys(
  dir: string,
  files: readonly string[],
  maxTextLength: number | undefined,
  problems: Problem[],
): Questionnaire[] {
  const found = files
    .filter((file) => file !== PUBLISHED)
    .flatMap((file) => {
      const read = readContentFile(dir, file, questionnaireSchema, problems)
      return read ? [{ file, read }] : []
    })
  for (const { file, read } of found) {
    const name = fileOf(nameOf(read.value))
    if (file !== name) problems.push(read.problem(['id'], `expected to stand in ${name}`))
    if (maxTextLength !== undefined) problems.push(...tooLong(read, maxTextLength - FRAME))
  }
  const published = readContentFile(dir, PUBLISHED, publishedSchema, problems)
  if (published) problems.push(...changes(published, files, found))
  return found
    .map(({ read }) => read.value)
    .sort((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1))
}

function nameOf({ id, version }: Questionnaire): string {
  return `${id}.v${version}`
}

function fileOf(name: string): string {
  return `surveys/${name}.yaml`
}

function* tooLong({ value, problem }: ContentFile<Questionnaire>, most: number) {
  for (const [i, item] of value.items.entries()) {
    for (const lang of LANGS) {
      const length = lengthOf(questionText(item, lang))
      if (length > most) {
        const message = `expected at most ${most} characters with all options, found ${length}`
        yield problem(['items', i, 'text', lang], message)
      }
    }
  }
}

/** Published questionnaires that are gone or read otherwise than they did. */
function* changes(
  published: ContentFile<Readonly<Record<string, string>>>,
  files: readonly string[],
  found: readonly { readonly file: string; readonly read: ContentFile<Questionnaire> }[],
): Generator<Problem> {
  for (const [name, sum] of Object.entries(published.value)) {
    const file = fileOf(name)
    if (!files.includes(file)) yield published.problem([name], `expected ${file}, it is published`)
    const read = found.find((each) => each.file === file)?.read
    if (!read) continue
    const now = checksum(read.value)
    if (now !== sum) {
      const message = `expected the published wording, checksum ${sum}, found ${now}; a change is a new version`
      yield read.problem([], message)
    }
  }
}

/** SHA-256 of what a questionnaire says, in hexadecimal; layout, comments and the order of keys do not count. */
export function checksum(questionnaire: Questionnaire): string {
  return createHash('sha256').update(canonical(questionnaire)).digest('hex')
}

/** JSON with the keys of each object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
