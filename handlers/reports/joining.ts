import { plus } from '../../content/time.ts'
import { reportTopicIn } from '../../db/queries/complaint.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Answer, Ctx, Look, Place, Said } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { mustBeCase } from './cases.ts'
import { joinSay, meaningOf } from './intake.ts'

/** 我家也是 and +1: which case they mean, and how far the talk of the group has led away from it. */

/** Joins the case that the group spoke of last, where there is hardly anything else that could be meant. */
export function joining(
  look: Look,
  room: Place,
  said: Said,
  drift: number,
): ((ctx: Ctx) => Answer) | undefined {
  const { words } = look.env.content
  const [, before = '', no, after = ''] = NUMBERED.exec(said.text) ?? []
  const text = no === undefined ? said.text : before + after
  const plain = isWord(text, words['report.me-too'])
  if (!plain && !isWord(text, words['report.plus-one'])) return undefined
  const id =
    no === undefined ? spokenOf(look, room, said, { plain, drift }) : (Number(no) as CaseId)
  if (id === undefined) return undefined
  return (ctx) => joinSay(ctx, id, { words: said.words, channel: 'group', room: room.id })
}

/** `+1 #1042`, `#1042 我家也是`: with its number it cannot mean another. */
const NUMBERED = /^(.*?)#(\d{3,9})号?(.*)$/su

/** Who names no case means what was said just now: a few minutes and hardly a word ago. */
const FRESH = {
  plusOne: { minutes: 10, drift: 0 },
  meToo: { minutes: 30, drift: 2 },
  /** To Linli itself, with its name or a quote. */
  addressed: { minutes: 6 * 60, drift: Number.POSITIVE_INFINITY },
} as const

function spokenOf(
  { db, now }: Look,
  room: Place,
  { addressed }: Said,
  { plain, drift }: { readonly plain: boolean; readonly drift: number },
): CaseId | undefined {
  const fresh = addressed ? FRESH.addressed : plain ? FRESH.meToo : FRESH.plusOne
  if (drift > fresh.drift) return undefined
  return reportTopicIn(db, room.id, plus(now, { minutes: -fresh.minutes }))
}

const ANOTHER_TOPIC = 3
const MUCH = 4

/** A list, a sign-up, somebody's own trouble: what the next +1 means. */
const TO_AGREE_TO =
  /接龙|报名|团购|拼单|参加|签到|投票|统计|通知|公告|^\s*\d+[.、)）]|谁家|谁要|有没有|我家|我们家|大家|[?？]/u

/** How far ordinary talk leads away from the case that was told last: 0 for a nod or more about the same. */
export function weighTalk(look: Look, room: Place, said: Said): number {
  const { words } = look.env.content
  const nod = (['me-too', 'plus-one', 'nod', 'yes'] as const).some((name) =>
    isWord(said.text, words[`report.${name}`]),
  )
  if (nod || isWord(said.text, words['courtesy'])) return 0
  const topic = reportTopicIn(look.db, room.id, plus(look.now, { minutes: -FRESH.meToo.minutes }))
  if (topic === undefined) return 0
  const found = meaningOf(look, said.words, 'direct')
  if (found.intent === 'report') {
    return found.category === mustBeCase(look.db, topic).category ? 0 : ANOTHER_TOPIC
  }
  if (TO_AGREE_TO.test(said.words)) return ANOTHER_TOPIC
  return said.text.replace(/[^\p{L}\p{N}]/gu, '').length <= MUCH ? 0 : 1
}
