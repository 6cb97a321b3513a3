import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Said } from '../core/feature.ts'
import { fold } from '../core/text/fold.ts'

/** How staff name an announcement and say what to do with it. */

const NOT_TALK = '(?!栏|板|牌|墙|里|上|的|了|是|在|什么)'
/** 公告, and 通知 where Linli is spoken to; a word that goes on (公告栏, 公告发了吗) is talk. */
const NAME = new RegExp(
  `^\\s*(?:请|帮我|帮忙)?(?:发(?:布|个|一个|条|一条)?)?(?<urgent>紧急|加急|特急)?公告${NOT_TALK}[\\s:,、]*`,
)
const OTHER_NAME =
  /^\s*(?:请|帮我|帮忙)?(?:发(?:布|个|一个|条|一条)?)?(?<urgent>紧急|加急|特急)?通知[\s:,、]+/
/** In the staff group, where people talk with each other, the word stands alone. */
const ALONE = /^\s*(?:紧急)?公告(?:[\s:,、]|$)/
/** 取消公告 3 */
const VERB_FIRST = /^\s*(?<verb>取消|作废|撤回|收回|重试|修改)(?:这个|那个|第)?公告\s*(?=#?\d|$)/

/** What follows 公告, as it was written. */
export function bodyOf(said: Said): string | undefined {
  const folded = fold(said.words)
  const verb = VERB_FIRST.exec(folded)
  if (verb !== null) return `${verb.groups?.['verb']} ${said.words.slice(verb[0].length).trim()}`
  const name = NAME.exec(folded) ?? (said.addressed ? OTHER_NAME.exec(folded) : null)
  if (name === null || (!said.addressed && !ALONE.test(folded))) return undefined
  const body = said.words.slice(name[0].length).trim()
  return name.groups?.['urgent'] === undefined ? body : `紧急 ${body}`
}

/** A word that is all that is said, with a number before or behind it, or without. */
export function numbered(
  words: string,
): (body: string) => { readonly no?: AnnouncementId } | undefined {
  const number = '(?:第|#)?\\s*(\\d{1,9})\\s*(?:号|条)?'
  const grammar = new RegExp(
    `^(?:${number}\\s*的?\\s*(?:${words})|(?:${words})\\s*(?:${number})?)[\\s。.!?]*$`,
  )
  return (body) => {
    const found = grammar.exec(fold(body))
    if (found === null) return undefined
    const no = found[1] ?? found[2]
    return no === undefined ? {} : { no: Number(no) as AnnouncementId }
  }
}
