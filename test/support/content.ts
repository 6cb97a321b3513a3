import { contentRoot, loadContent } from '../../content/load.ts'
import type { Content } from '../../content/schema.ts'

let loaded: Content | undefined

/** The real content, read once. */
export function demoContent(): Content {
  loaded ??= loadContent(contentRoot())
  return loaded
}
