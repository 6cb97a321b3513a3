import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Context } from 'hono'
import { asset } from '../assets.ts'

const require = createRequire(import.meta.url)

/** Files of the libraries that pages use, by the name under which they are served. */
const LIBRARIES: Readonly<Record<string, readonly [path: () => string, type: string]>> = {
  'simple.css': [
    () => join(dirname(require.resolve('simpledotcss/package.json')), 'simple.min.css'),
    'text/css; charset=utf-8',
  ],
  'htmx.js': [
    () => join(dirname(require.resolve('htmx.org')), 'htmx.min.js'),
    'text/javascript; charset=utf-8',
  ],
}

/** A style or script of the console: a library's, or one of `web/public`. @throws Refused 404 */
export async function consoleAsset(c: Context, name: string): Promise<Response> {
  const library = LIBRARIES[name]
  if (library === undefined) return asset(c, name)
  const [path, type] = library
  return c.body(new Uint8Array(await readFile(path())), 200, {
    'Content-Type': type,
    'Cache-Control': 'max-age=3600',
  })
}
