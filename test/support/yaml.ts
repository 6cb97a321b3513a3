import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { contentRoot } from '../../content/load.ts'

/** A content file as it is written, before it is checked. */
export function yamlOf(file: string): Record<string, unknown> {
  return parse(readFileSync(join(contentRoot(), file), 'utf8')) as Record<string, unknown>
}
