import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { contentRoot, loadContent } from '../../content/load.ts'
import { ContentError, type Problem } from '../../content/yaml.ts'

const folders: string[] = []

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true })
})

/** A copy of the real content with some files replaced; `undefined` takes one away. */
export function contentWith(files: Record<string, string | undefined>): string {
  const dir = mkdtempSync(join(tmpdir(), 'linli-surveys-'))
  folders.push(dir)
  for (const part of ['community', 'programmes', 'rules', 'surveys']) {
    cpSync(join(contentRoot(), part), join(dir, part), { recursive: true })
  }
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) rmSync(join(dir, file), { recursive: true })
    else writeFileSync(join(dir, file), text)
  }
  return dir
}

export function problemsWith(files: Record<string, string | undefined>): readonly Problem[] {
  try {
    loadContent(contentWith(files))
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  }
  return []
}

/** YAML of a small questionnaire. */
export const text = (words: string) => `{ zh-CN: ${words}, zh-TW: ${words}, en: ${words} }`

export const HEAD = [
  'id: tea',
  'version: 1',
  'kind: other',
  `title: ${text('喝茶')}`,
  `intro: ${text('您好')}`,
  `thanks: ${text('谢谢')}`,
]
export const option = (id: string, words = id, more = '') =>
  `{ id: ${id}, text: ${text(words)}${more && `, ${more}`} }`
export const choice = (id: string, more = '') =>
  `{ id: ${id}, type: single, text: ${text(id)}, options: [${option('yes')}, ${option('no')}]${more && `, ${more}`} }`
export const scale = (id: string, more = '') =>
  `{ id: ${id}, type: scale, text: ${text(id)}${more && `, ${more}`} }`
