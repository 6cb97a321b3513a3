import type { Look, Said } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { findPlaces, findWhen, type PlaceFound, type WhenFound } from '../understanding/service.ts'

/** Which words are a place or a time and nothing else, and which can be no place. */

export interface Facts {
  readonly place: PlaceFound | undefined
  readonly when: Pick<WhenFound, 'from' | 'to' | 'repeats'> | undefined
}

const SHORT = 24

/** What stands beside a bare place or time: 应该是昨晚十点左右, 就在4号楼那边. */
const BESIDE =
  /应该|大概|就?是?我们|咱们|大约|差不多|左右|前后|开始|的?时候|那里|那边|这里|这边|[是在就都从到的了吧啊哦呀嘛,，。.!！、~～\s]/gu

/** `昨晚十点`, `是4号楼`, `4号楼，每天晚上`: the place and the time, where the words are nothing else. */
export function factsAlone(look: Look, words: string): Facts | undefined {
  if (words.length > SHORT) return undefined
  const { zone, content, calendar } = look.env
  const places = findPlaces(words, content.community)
  if (places.some(({ elsewhere }) => elsewhere)) return undefined
  const when = findWhen(words, look.now, zone, calendar)
  let rest = places.reduce((left, { text }) => left.replace(text, ' '), words)
  for (let more = when; more !== null && rest.includes(more.text); ) {
    rest = rest.replace(more.text, ' ')
    more = findWhen(rest, look.now, zone, calendar)
  }
  const isAlone = rest.replace(BESIDE, '') === '' && (places.length > 0 || when !== null)
  // What is reported has happened: 明天 asks for something else.
  if (!isAlone || (when !== null && when.from > look.now)) return undefined
  return { place: places[0], when: when ?? undefined }
}

/** 三号, said when the house was asked for, is no day of the month. */
export function houseOf(words: string): string {
  return /^\s*(?:[在是])?[0-9０-９一二三四五六七八九十]{1,4}[号號]\s*$/u.test(words)
    ? `${words.trim()}楼`
    : words
}

const CHOICES = ['yes', 'nod', 'no', 'change', 'join', 'other', 'unknown', 'now'] as const
const REMARKS = ['anonymous', 'me-too', 'plus-one'] as const

const EMOTE = /\[[^[\]]{1,4}\]/gu
const SOUNDS = /^(?:[哈呵嘿嘻嗯哦噢啊呃额唉哎诶呜哼嘛呀吧了\d]|ha|he|hi|lol)+$/iu
const NUMBER = /^[\d零〇一二两三四五六七八九十百]+$/u
const QUESTION = /[?？吗呢]$|^(?:为什么|怎么|什么|谁)/u

/** Words that were said when the place was asked for and name none: a bare number, a nod, laughter, a question. */
export function namesNoPlace(look: Look, { text, words }: Said): boolean {
  const known = look.env.content.words
  const letters = text.replace(EMOTE, '').replace(/[^\p{L}\p{N}]/gu, '')
  return (
    words.length > SHORT ||
    [...letters].length < 2 ||
    NUMBER.test(letters) ||
    SOUNDS.test(letters) ||
    QUESTION.test(text.trim()) ||
    isWord(text, known['courtesy']) ||
    [...CHOICES, ...REMARKS].some((name) => isWord(text, known[`report.${name}`]))
  )
}
