import { phrase, type Say } from '../../content/i18n.ts'
import { announcementsIn, latestAnnouncements } from '../../db/queries/announcement.ts'
import type { Role } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import { type Command, type Ctx, command } from '../core/feature.ts'
import { fold } from '../core/text/fold.ts'
import { confirmRound } from '../surveys/service.ts'
import { tellColleagues } from './approval.ts'
import { EVERYBODY } from './audience.ts'
import { hintOf, readRequest } from './grammar.ts'
import { namesOf } from './names.ts'
import { announcementList, progressOf } from './progress.ts'
import {
  type Asking,
  cancel,
  confirm,
  type Draft,
  draft,
  dropDrafts,
  edit,
  recall,
  retry,
  setApproval,
} from './service.ts'
import { bodyOf, numbered } from './spoken.ts'
import { approvalSay, listLine, momentPhrase, previewSay, progressSay, refused } from './words.ts'

const PRIVATE = ['staff-room', 'direct'] as const
const LISTED = 10

function staffCommand<Argument>(
  name: 'progress' | 'list' | 'retry' | 'cancel' | 'recall' | 'edit' | 'approval' | 'new',
  parse: (body: string) => Argument | undefined,
  run: (ctx: Ctx, argument: Argument) => Say,
  role: Role = 'staff',
): Command {
  return command({
    name: `announcements.${name}`,
    role,
    where: PRIVATE,
    bare: PRIVATE,
    help: { what: `announcements.help.${name}`, example: `announcements.example.${name}` },
    parse: (said) => {
      const body = bodyOf(said)
      return body === undefined ? undefined : parse(body)
    },
    run,
  })
}

function askingOf(ctx: Ctx): Asking {
  return { by: ctx.who.id, origin: ctx.room?.id, session: ctx.session }
}

/** The one that is meant without a number: the latest that went out, or is to. */
function latest(ctx: Ctx): AnnouncementId | undefined {
  const rows = latestAnnouncements(ctx.tx, LISTED)
  return (rows.find((row) => row.state !== 'draft' && row.state !== 'cancelled') ?? rows[0])?.id
}

const progress = staffCommand(
  'progress',
  numbered(
    '(?:发送)?(?:进度|情况|状态|怎么样了?)|发?到哪(?:里|儿)?了?|都?发(?:完|出去|好)?了?(?:吗|没有?|么)',
  ),
  (ctx, { no = latest(ctx) }) => {
    if (no === undefined) return phrase('announcements.none')
    const found = progressOf(ctx.tx, no)
    return found ? progressSay(ctx, found) : phrase('announcements.error.none', { no })
  },
)

const list = staffCommand('list', numbered('列表|清单|目录|有哪些|全部|最近'), (ctx) => {
  const rows = announcementList(ctx.tx, LISTED)
  if (rows.length === 0) return phrase('announcements.none')
  return [phrase('announcements.list'), ...rows.map((each) => listLine(ctx, each))]
})

const again = staffCommand(
  'retry',
  numbered('重试|重发|补发|再发'),
  (ctx, { no = latest(ctx) }) => {
    if (no === undefined) return phrase('announcements.none')
    const result = retry(ctx, ctx.who.id, no)
    return result.ok
      ? phrase('announcements.retrying', { no, n: result.value.groups })
      : result.error
  },
)

/** Without a number it must be clear which one: the only one that has not been sent. */
const stop = staffCommand('cancel', numbered('取消|作废|不发了?|停发|停止'), (ctx, { no }) => {
  const live = announcementsIn(ctx.tx, ['draft', 'awaiting_approval', 'queued'])
  const mine = live.length === 1 ? live : live.filter((row) => row.author_id === ctx.who.id)
  const id = no ?? (mine.length === 1 ? mine[0]?.id : undefined)
  if (id === undefined) {
    return live.length === 0
      ? phrase('announcements.nothingToCancel')
      : [
          phrase('announcements.which'),
          ...live.slice(-LISTED).flatMap((row) => lineOf(ctx, row.id)),
        ]
  }
  const result = cancel(ctx, ctx.who.id, id)
  if (!result.ok) return result.error
  const { stopped, begun } = result.value
  return begun
    ? phrase('announcements.stopped', { no: id, n: stopped })
    : phrase('announcements.cancelled', { no: id })
})

function lineOf(ctx: Ctx, id: AnnouncementId): readonly Say[] {
  const found = progressOf(ctx.tx, id)
  return found === undefined ? [] : [listLine(ctx, found)]
}

/** Always by its number: it takes words away from residents. */
const takeBack = staffCommand('recall', numbered('撤回|收回|召回'), (ctx, { no }) => {
  if (no === undefined) return phrase('announcements.error.whichRecall')
  const result = recall(ctx, ctx.who.id, no)
  if (!result.ok) return result.error
  const { asked, beyond, stopped } = result.value
  return [
    ...(asked > 0 ? [phrase('announcements.recalling', { no, n: asked })] : []),
    ...(stopped > 0 ? [phrase('announcements.stopped', { no, n: stopped })] : []),
    ...(beyond > 0 ? [phrase('announcements.beyond', { n: beyond })] : []),
    ...(asked + stopped + beyond === 0 ? [phrase('announcements.nothingToRecall', { no })] : []),
  ]
})

const change = staffCommand(
  'edit',
  (body) => {
    const [head, no] =
      /^(?:修改|更改|改)\s*#?(\d{1,9})\s*(?:号|条)?(?:[\s:,、]+|$)/.exec(fold(body)) ?? []
    return head === undefined
      ? undefined
      : { no: Number(no) as AnnouncementId, text: body.slice(head.length) }
  },
  (ctx, { no, text }) => {
    const result = edit(ctx, askingOf(ctx), no, { input: { text } })
    return result.ok ? previewSay(ctx, ctx.tx, result.value) : refused(result.error)
  },
)

const approval = staffCommand(
  'approval',
  (body) => /^(?:审批|双人确认|复核)\s*(开|关|)(?:启|闭|了|掉)?[。!?]*$/.exec(fold(body))?.[1],
  (ctx, word) => {
    if (word === '') return phrase('announcements.approvalHow')
    setApproval(ctx, ctx.who.id, word === '开')
    return phrase(word === '开' ? 'announcements.approvalOn' : 'announcements.approvalOff')
  },
  'owner',
)

/** `公告 紧急 给18街坊 明天9点 停水…`: shows what would go out to whom, and asks for a code. */
const create = staffCommand(
  'new',
  (body) => body,
  (ctx, body) => {
    const { env, now } = ctx
    if (/^(?:帮助|说明|怎么[发写用弄]?|如何[发写用]?|help)?[\s?]*$/.test(fold(body))) {
      return phrase('announcements.how')
    }
    const { repeatDays } = env.content.announcementRules
    const names = namesOf(ctx.tx, env.content.community)
    const read = readRequest(body, names, { now, zone: env.zone, repeatDays })
    if (!read.ok) return read.error
    const { audience = EVERYBODY, ...request } = read.value
    const result = draft(ctx, askingOf(ctx), { audience, ...request })
    if (!result.ok) return refused(result.error)
    const hint = hintOf(read.value, names)
    const { row } = result.value
    const dropped = dropDrafts(ctx, ctx.who.id, row.id)
    return [
      previewSay(ctx, ctx.tx, result.value),
      ...(hint ? [hint] : []),
      ...dropped.map((no) => phrase('announcements.dropped', { no })),
    ]
  },
)

/** `确认 4821`: what was previewed goes out, or to a colleague. */
const confirmation = command({
  name: 'announcements.confirm',
  role: 'staff',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'announcements.help.confirm', example: 'announcements.example.confirm' },
  parse: (said) =>
    /^(?:(?:公告|调查)\s*)?(?:确认|确定|同意)(?:发(?:送|布)?|公告|取消)?\s*:?\s*(\d{4}|\d{6})[。.!]*$/.exec(
      said.text,
    )?.[1],
  run: (ctx, code) => {
    const done = confirmRound(ctx, ctx.who.id, code)
    if (done !== undefined) return done.ok ? done.value : done.error
    const result = confirm(ctx, askingOf(ctx), code)
    if (!result.ok) return result.error
    const { row, ...confirmed } = result.value
    switch (confirmed.kind) {
      case 'again':
        return phrase('announcements.again', {
          no: row.id,
          same: confirmed.same.id,
          code: row.code,
        })
      case 'awaiting':
        return askColleagues(ctx, { row, preview: confirmed.preview })
      case 'queued':
        return startedSay(ctx, row, confirmed.preview.sendsAt, confirmed.preview.rooms.length)
    }
  },
})

/** What the author reads; the colleagues read the announcement itself in the staff group. */
function askColleagues(ctx: Ctx, draft: Draft): Say {
  const { name } = ctx.who
  if (ctx.where === 'staff-room') return approvalSay(ctx, ctx.tx, draft, name)
  return tellColleagues(ctx, draft, name) === 0
    ? approvalSay(ctx, ctx.tx, draft, name)
    : phrase('announcements.awaiting', { no: draft.row.id })
}

function startedSay(
  ctx: Ctx,
  row: { readonly id: AnnouncementId; readonly occurrences: number },
  sendsAt: Ctx['now'],
  n: number,
): Say {
  const { id: no, occurrences } = row
  if (occurrences > 0 && sendsAt <= ctx.now) return phrase('announcements.started', { no, n })
  return phrase('announcements.planned', { no, n, when: momentPhrase(ctx, sendsAt) })
}

export const announcementCommands: readonly Command[] = [
  confirmation,
  progress,
  list,
  again,
  stop,
  takeBack,
  change,
  approval,
  create,
]
