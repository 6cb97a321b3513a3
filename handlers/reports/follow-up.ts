import { phrase, type Say } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { reportTopicIn } from '../../db/queries/complaint.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Answer, Ctx, Listener, Look, Place, Said } from '../core/feature.ts'
import { findPlaces } from '../understanding/service.ts'
import { addWords, withdraw } from './filing.ts'
import { meaningOf } from './intake.ts'
import { openOwn, ownSay, progressSay } from './own.ts'
import { urge } from './service.ts'

/** What reporters say of their own case in plain words: 怎么样了, 还在吵, 帮我催催, 已经好了谢谢. */

type Wish = 'progress' | 'urge' | 'withdraw' | 'unnamed' | 'over' | 'more'

interface FollowUp {
  readonly wish: Wish
  /** The number, where one was said. */
  readonly id: CaseId | undefined
}

const SHORT = 30
const MOST_ADDED = 500
const TIME = '(?:他们?|她们?|楼上|隔壁|今天|昨晚|昨天|刚才|现在|这会儿|半夜|晚上|早上|就是)*'
const WISHES: readonly (readonly [wish: Wish, words: RegExp])[] = [
  [
    'unnamed',
    /匿名|保密|(?:别|不要)写[^,，]{0,3}名|(?:别|不要|不能)[^,，]{0,6}(?:说是我|知道是我|说我)/u,
  ],
  [
    'withdraw',
    /^(?:我|那个?|把|算了吧?|[\s,，])*(?:不想?再?(?:反映|投诉|举报|报)了|撤(?:回|了|掉|销)吧?$)|我那[个件事]{1,2}撤/u,
  ],
  [
    'urge',
    /^(?:帮我|麻烦|请|再|给我)*催|能不能快|快[点些]吧?$|怎么还(?:没|不)[^,，]{0,3}(?:来|处理|办|解决|修)|抓紧|赶紧(?:处理|解决)/u,
  ],
  [
    'progress',
    /(?:^|事儿?|处理|办|反映|投诉|问题|情况|现在|[得的])\s*[怎咋]么?样了?[?？吗呢啊呀]*$|有(?:没有)?(?:结果|进展|下文|回音)|(?:处理|办|解决)[得的]?(?:了没|没有|到哪|如何)|(?:什么时候|啥时候|几时|多久)[^,，]{0,4}(?:处理|解决|来人|来看|办|修)|有没有人管|有人管[吗没]|查一?下?进[度展]/u,
  ],
  [
    'over',
    new RegExp(
      `^${TIME}(?:已经|都|总算|终于)*(?:好了|不吵了|不闹了|不响了|没声音了|清走了|清掉了|修好了|解决了|没事了|停了|没有?再[吵闹敲响堆]了?)(?:$|[\\s,，。!！]|谢)`,
      'u',
    ),
  ],
  [
    'more',
    new RegExp(
      `^补充|^${TIME}(?:还在|又在?|还)(?:[吵闹敲响钻跳臭堆叫漏]|开始|来了)|^${TIME}还是(?:老样子|那样|[吵臭])`,
      'u',
    ),
  ],
]

/** What somebody who has reported something may mean; pure. */
export function followUpOf({ text }: Pick<Said, 'text'>): FollowUp | undefined {
  const number = /#?\s*(\d{4,9})号?/u.exec(text)
  const id = number?.[1] === undefined ? undefined : (Number(number[1]) as CaseId)
  const rest = number === null ? text : text.replace(number[0], ' ').trim()
  if (rest === '' && id !== undefined) return { wish: 'progress', id }
  const found = WISHES.find(([, words]) => words.test(rest))
  if (found === undefined || (found[0] !== 'more' && text.length > SHORT)) return undefined
  return { wish: found[0], id }
}

/** Said to Linli, alone or with its name, by somebody with an open case of their own. */
export const followUpListener: Listener = {
  name: 'reports.follow-up',
  hear: (look, room, said, drift) => {
    const meant = isAboutOwn(look, said) ? followUpOf(said) : undefined
    if (meant === undefined) return undefined
    if (said.addressed) return (ctx) => follow(ctx, meant, said)
    const id = AT_ONCE.has(meant.wish) && drift === 0 ? topicIn(look, room) : undefined
    return id && ((ctx) => (isOwn(ctx, id) ? follow(ctx, { ...meant, id }, said) : undefined))
  },
  hearPrivately: (look, said, speaker) => {
    const meant = isAboutOwn(look, said) ? followUpOf(said) : undefined
    if (meant === undefined || speaker === undefined) return undefined
    if (openOwn(look, speaker.id).length === 0) return undefined
    return (ctx) => follow(ctx, meant, said)
  },
}

/** 算了不报了 in a group is for Linli only just after the speaker's own report. */
const AT_ONCE: ReadonlySet<Wish> = new Set(['withdraw', 'unnamed'])
const JUST_NOW = { minutes: -10 }

function topicIn(look: Look, room: Place): CaseId | undefined {
  return reportTopicIn(look.db, room.id, plus(look.now, JUST_NOW))
}

function isOwn(ctx: Ctx, id: CaseId): boolean {
  return openOwn({ db: ctx.tx, now: ctx.now, env: ctx.env }, ctx.who.id).some((r) => r.id === id)
}

/** A problem with a place of its own is a new one. */
function isAboutOwn(look: Look, said: Said): boolean {
  if (/^补充/u.test(said.text)) return true
  const [place] = findPlaces(said.words, look.env.content.community)
  return place === undefined || meaningOf(look, said.words, 'direct').intent !== 'report'
}

function follow(ctx: Ctx, { wish, id: said }: FollowUp, words: Said): Answer {
  const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
  const own = openOwn(look, ctx.who.id)
  const [latest, ...others] = own
  const id = said ?? latest?.id
  if (id === undefined) return phrase('reports.noneOwn')
  if (said === undefined && others.length > 0 && (wish === 'withdraw' || wish === 'progress')) {
    return ctx.where === 'direct' ? ownSay(ctx) : phrase('reports.whichOwn')
  }
  switch (wish) {
    case 'unnamed':
      return phrase('reports.anonymousAlways')
    case 'progress':
      return progressSay(ctx, id)
    case 'withdraw': {
      const changed = withdraw(ctx, ctx.who, id)
      return changed.ok ? phrase('reports.withdrawn', { no: id }) : changed.error
    }
    case 'urge': {
      const changed = urge(ctx, ctx.who, id)
      return changed.ok ? phrase('reports.urged', { no: id }) : changed.error
    }
    case 'over':
    case 'more':
      return addSay(ctx, id, { wish, words })
  }
}

function addSay(
  ctx: Ctx,
  id: CaseId,
  { wish, words }: { readonly wish: Wish; readonly words: Said },
): Say {
  const told = words.words
    .replace(/^补充(?:一下|一点|下)?[\s,:，：、。]*/u, '')
    .slice(0, MOST_ADDED)
  const changed = addWords(ctx, ctx.who, id, told)
  if (!changed.ok) return changed.error
  return phrase(wish === 'over' ? 'reports.overNoted' : 'reports.added', { no: id })
}
