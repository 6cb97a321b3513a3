import { phrase, type Say } from '../../content/i18n.ts'
import { platformIdOf } from '../../db/queries/resident.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Answer, Command, Ctx } from '../core/feature.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import { type CaseChange, type Changed, resume } from './cases.ts'
import { merge, unmerge } from './combine.ts'
import { aboutCase, dueDay } from './lines.ts'
import { statePhrase } from './refusals.ts'
import {
  accept,
  archive,
  assign,
  close,
  extend,
  giveBack,
  pause,
  publish,
  reject,
  remark,
  reopen,
  respond,
  start,
  supervise,
  transfer,
} from './service.ts'
import { findAssignee } from './staff-find.ts'
import { caseCommand, type Told } from './staff-grammar.ts'
import { caseView, reportersOf } from './view.ts'

/** The steps of a case as those who handle it say them: each one line, one answer. */

/** What was done, or why not. */
function answer(changed: Changed, say: (change: CaseChange) => Say = nowIs): Answer {
  return changed.ok ? say(changed.value) : changed.error
}

function nowIs({ case: row }: CaseChange): Say {
  return phrase('cases.now', { no: row.id, state: statePhrase(row.state) })
}

/** The step, and that the reporters have been told. */
function withReporters(ctx: Ctx): (change: CaseChange) => Say {
  return (change) => {
    const n = reportersOf({ db: ctx.tx, now: ctx.now, env: ctx.env }, change.case.id).length
    return [nowIs(change), ...(n > 0 ? [phrase('cases.toldReporters', { n })] : [])]
  }
}

const acceptCase = caseCommand({
  name: 'accept',
  role: 'steward',
  verbs: '受理|确认受理|接收',
  run: (ctx, { id }) => answer(accept(ctx, ctx.who, id), withReporters(ctx)),
})

const rejectCase = caseCommand({
  name: 'reject',
  role: 'staff',
  verbs: '不予受理|不受理|驳回',
  run: (ctx, { id, words }) =>
    answer(reject(ctx, ctx.who, id, { reason: words }), withReporters(ctx)),
})

const assignCase = caseCommand({
  name: 'assign',
  role: 'steward',
  verbs: '派单|派给|转派|改派|指派|分派|分配',
  run: (ctx, { id, words }) => {
    const allowed = caseView({ db: ctx.tx, now: ctx.now, env: ctx.env }, ctx.who, id)
    if (!allowed.ok) return allowed.error
    const whom = findAssignee(ctx, words)
    if (!whom.ok) return whom.error
    const { id: assignee, name } = whom.value
    const reached = platformIdOf(ctx.tx, ctx.session, assignee) !== undefined
    return answer(assign(ctx, ctx.who, id, { assignee }), () => [
      phrase(assignee === ctx.who.id ? 'cases.assign.toMe' : 'cases.assign.done', { no: id, name }),
      ...(reached ? [] : [phrase('cases.assign.unreached', { name })]),
    ])
  },
})

const startCase = caseCommand({
  name: 'start',
  role: 'handler',
  verbs: '接单|开始办理|开始|办理|我来办|我来',
  run: (ctx, { id }) => answer(start(ctx, ctx.who, id)),
})

const giveBackCase = caseCommand({
  name: 'giveBack',
  role: 'handler',
  verbs: '退回|退单|办不了',
  run: (ctx, { id, words }) => answer(giveBack(ctx, ctx.who, id, words)),
})

const respondCase = caseCommand({
  name: 'respond',
  role: 'handler',
  verbs: '联系|已联系|联系反映人|首次联系',
  run: (ctx, { id, words }) =>
    answer(respond(ctx, ctx.who, id, { internal: words }), () =>
      phrase('cases.responded', { no: id }),
    ),
})

const closeCase = caseCommand({
  name: 'close',
  role: 'handler',
  verbs: '办结|办好|已办结|处理好|处理完|完成',
  run: (ctx, { id, words }) =>
    answer(close(ctx, ctx.who, id, { note: words }), (change) => [
      withReporters(ctx)(change),
      phrase('cases.photosWelcome'),
    ]),
})

const extendCase = caseCommand({
  name: 'extend',
  role: 'steward',
  verbs: '延期|延长|顺延',
  run: (ctx, { id, words }) => {
    const [, number = '', reason = ''] =
      /^(\S{1,4}?)\s*个?(?:工作)?[天日][\s,，:：、。]*(.*)$/su.exec(words) ?? []
    const days = parseNumeral(number) ?? 0
    return answer(extend(ctx, ctx.who, id, { days, reason }), ({ case: row }) => [
      phrase('cases.extended', { no: id, day: dueDay(ctx.env, row) }),
      phrase('cases.toldReason'),
    ])
  },
})

const pauseCase = caseCommand({
  name: 'pause',
  role: 'steward',
  verbs: '暂停|暂停计时|挂起',
  run: (ctx, { id, words }) =>
    answer(pause(ctx, ctx.who, id, words), () => phrase('cases.paused', { no: id })),
})

const resumeCase = caseCommand({
  name: 'resume',
  role: 'steward',
  verbs: '恢复|恢复计时|继续办理|继续',
  run: (ctx, { id }) =>
    answer(resume(ctx, ctx.who, id), ({ case: row }) =>
      phrase('cases.resumed', { no: id, day: dueDay(ctx.env, row) }),
    ),
})

const superviseCase = caseCommand({
  name: 'supervise',
  role: 'staff',
  verbs: '督办',
  run: (ctx, { id, words }) =>
    answer(supervise(ctx, ctx.who, id, { internal: words }), () =>
      phrase('cases.supervised', { no: id }),
    ),
})

const mergeCases = caseCommand({
  name: 'merge',
  role: 'staff',
  verbs: '合并|并入|并单',
  twoCases: true,
  run: (ctx, { id, text }) => {
    const number = /^(?:和|与|到|进|入|跟|并入)?\s*#?\s*([\d零〇○一二三四五六七八九]+)号?$/u.exec(
      text,
    )?.[1]
    const into = number === undefined ? undefined : parseNumeral(number)
    return answer(merge(ctx, ctx.who, id, into as CaseId | undefined), () => {
      const target = into as CaseId
      const n = reportersOf({ db: ctx.tx, now: ctx.now, env: ctx.env }, target).length
      return phrase('cases.merged', { no: id, into: target, n })
    })
  },
})

const unmergeCase = caseCommand({
  name: 'unmerge',
  role: 'staff',
  verbs: '拆分|拆开|取消合并',
  run: (ctx, { id }) => answer(unmerge(ctx, ctx.who, id)),
})

function referred(ctx: Ctx, { id, words }: Told, where: string): Answer {
  const note = where === words ? undefined : words
  return answer(transfer(ctx, ctx.who, id, { where, note }), withReporters(ctx))
}

const transferCase = caseCommand({
  name: 'transfer',
  role: 'staff',
  verbs: '移送|转交|移交|转办',
  run: (ctx, told) => referred(ctx, told, told.words),
})

const transferHotline = caseCommand({
  name: 'hotline',
  role: 'staff',
  verbs: '转\\s*12345',
  run: (ctx, told) => referred(ctx, told, '12345'),
})

const noteCase = caseCommand({
  name: 'note',
  role: 'handler',
  verbs: '备注|记录|内部备注',
  run: (ctx, { id, words }) =>
    answer(remark(ctx, ctx.who, id, { internal: words }), () => phrase('cases.noted', { no: id })),
})

const tellCase = caseCommand({
  name: 'tell',
  role: 'handler',
  verbs: '告知|答复|告诉反映人|回复反映人',
  run: (ctx, { id, words }) =>
    answer(remark(ctx, ctx.who, id, { note: words }), withReporters(ctx)),
})

const reopenCase = caseCommand({
  name: 'reopen',
  role: 'staff',
  verbs: '重新办理|重办|重开',
  run: (ctx, { id, words }) => answer(reopen(ctx, ctx.who, id, words), withReporters(ctx)),
})

const archiveCase = caseCommand({
  name: 'archive',
  role: 'staff',
  verbs: '归档',
  run: (ctx, { id }) => answer(archive(ctx, ctx.who, id)),
})

/** In a direct chat the reporter's `公开 1042` is the same words: `consent.ts` hears both there. */
const publishCase = caseCommand({
  name: 'publish',
  role: 'staff',
  verbs: '公开',
  where: ['staff-room'],
  run: (ctx, { id }) =>
    answer(publish(ctx, ctx.who, id, true), ({ case: row }) =>
      phrase('cases.published', { no: id, about: aboutCase(ctx.env, row) }),
    ),
})

export const stepCommands: readonly Command[] = [
  acceptCase,
  rejectCase,
  assignCase,
  startCase,
  respondCase,
  closeCase,
  giveBackCase,
  extendCase,
  pauseCase,
  resumeCase,
  superviseCase,
  mergeCases,
  unmergeCase,
  transferHotline,
  transferCase,
  noteCase,
  tellCase,
  reopenCase,
  archiveCase,
  publishCase,
]
