import type { Browser } from './console.ts'

/** A form as it stands on a page, with what is in its fields before anybody types. */
export interface FoundForm {
  readonly page: string
  readonly method: string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

const attribute = (tag: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')

/** The forms of a page. */
export function formsOf(page: string, html: string): FoundForm[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const fields: Record<string, string> = {}
    for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
      const name = attribute(tag, 'name')
      const isLoose = /type="(checkbox|radio|file)"/.test(tag) && !tag.includes(' checked')
      if (name !== undefined && !isLoose) fields[name] = attribute(tag, 'value') ?? ''
    }
    for (const [, name = ''] of body.matchAll(/<textarea[^>]*\sname="([^"]+)"/g)) fields[name] = ''
    for (const [tag, name = ''] of body.matchAll(
      /<select[^>]*\sname="([^"]+)"[^>]*>[\s\S]*?<\/select>/g,
    )) {
      const options = [...tag.matchAll(/<option[^>]*>/g)].map(([option]) => option)
      const chosen = options.find((option) => option.includes(' selected')) ?? options[0] ?? ''
      fields[name] = attribute(chosen, 'value') ?? ''
    }
    return {
      page,
      method: attribute(head, 'method') ?? 'get',
      action: attribute(head, 'action') ?? page,
      fields,
    }
  })
}

/** Opens every page that links lead to from `/console/today`, each kind of page at most twice; gives what they hold. */
export async function crawl(tab: Browser): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const kinds = new Map<string, number>()
  const queue = ['/console/today']
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const kind = path.replace(/\d+/g, 'n')
    const seen = kinds.get(kind) ?? 0
    if (found.has(path) || seen >= 2) continue
    kinds.set(kind, seen + 1)
    const { html, headers } = await tab.open(path)
    if (!headers.get('content-type')?.includes('html')) continue
    found.set(path, html)
    for (const [, href = ''] of html.matchAll(/<a[^>]*\shref="(\/console\/[^"#]*)/g)) {
      if (!/\/language|format=/.test(href)) queue.push(href.replaceAll('&amp;', '&'))
    }
  }
  return found
}
