import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Context } from 'hono'
import { Refused } from './http.ts'

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

// The sources run from the package's root in tests and from dist/ once built.
const root = packageRoot(import.meta.dirname)

function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder))
}

/**
 * A browser module, as compiled by `tsc -p web/client`, or a file of `web/public`.
 * @throws Refused 404 when there is none of that name
 */
export async function asset(c: Context, name: string): Promise<Response> {
  const extension = /^[a-z][a-z0-9-]*\.(js|css|svg)$/.exec(name)?.[1]
  if (!extension) throw new Refused(404, 'not_found', 'no such file')
  const folder = extension === 'js' ? 'dist/web/client' : 'web/public'
  const bytes = await readFile(join(root, folder, name)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Refused(404, 'not_found', 'no such file')
    }
    throw error
  })
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': TYPES[extension] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache',
  })
}
