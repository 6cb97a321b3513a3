import { phrase, type Say } from '../../content/i18n.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Answer, type Command, command, type Said } from '../core/feature.ts'
import { afterWord, isWord } from '../core/words.ts'
import { draftOf, normSay } from './draft.ts'
import { addWords, withdraw } from './filing.ts'
import { draftDialogue, fileSay, lookOf, meaningOf, nextStep } from './intake.ts'
import { latestOwn, ownSay, progressSay } from './own.ts'
import { urge } from './service.ts'

const EVERYWHERE = ['room', 'direct'] as const
const MAX_ADDED = 500

/** `举报 3号楼半夜装修`: with all it needs it is filed at once, otherwise what is missing is asked. */
const report = command({
  name: 'reports.report',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.report', example: 'reports.example.report' },
  parse: (said, env) => {
    const rest = afterWord(said.text, env.content.words['report'])
    if (rest === undefined) return undefined
    const first = afterRaw(said, env.content.words['report'] ?? [])
    // 举报 🤮 tells nothing.
    return { words: first, empty: !/[\p{L}\p{N}]/u.test(rest) }
  },
  run: (ctx, { words, empty }): Say => {
    if (empty) return phrase('reports.askWhat')
    const found = meaningOf(lookOf(ctx), words, 'direct')
    const draft = nextStep(ctx, draftOf(ctx, words, found))
    return draft.step === 'confirm' && found.intent === 'report'
      ? [...fileSay(ctx, draft), ...normSay(ctx.env, draft)]
      : startDialogue(ctx, draftDialogue, draft)
  },
})

/** The words as they were written, without the command's own. */
function afterRaw(said: Said, words: readonly string[]): string {
  const found = [...words]
    .filter((word) => said.words.startsWith(word))
    .sort((a, b) => b.length - a.length)[0]
  const rest = found === undefined ? said.words : said.words.slice(found.length)
  return rest.replace(/^[\s,:，：。]+/u, '')
}

function numbered(grammar: RegExp) {
  return (said: Said) => {
    const found = grammar.exec(said.text)
    // In a group only the number shows that it is meant for Linli.
    if (found === null || (!said.addressed && found[1] === undefined)) return undefined
    return { id: found[1] === undefined ? undefined : (Number(found[1]) as CaseId) }
  }
}

/** `进度 1042`. In a group it says where the case stands and nothing of what it is about. */
const progress = command({
  name: 'reports.progress',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.progress', example: 'reports.example.progress' },
  parse: numbered(/^(?:进度|查进度|办得怎么样了?|处理得?怎么样了?)\s*#?\s*(\d{1,9})?$/),
  run: (ctx, { id = latestOwn(ctx) }): Answer =>
    id === undefined ? phrase('reports.noneOwn') : progressSay(ctx, id),
})

const own = command({
  name: 'reports.own',
  role: 'resident',
  where: ['direct'],
  help: { what: 'reports.help.own', example: 'reports.example.own' },
  parse: (said, env) => (isWord(said.text, env.content.words['report.own']) ? true : undefined),
  run: (ctx) => ownSay(ctx),
})

const takeBack = command({
  name: 'reports.withdraw',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.withdraw', example: 'reports.example.withdraw' },
  parse: numbered(
    /^(?:撤回|撤销|撤回反映|撤销反映|不反映了|不投诉了|不举报了|不报了|算了不报了)\s*#?\s*(\d{1,9})?$/,
  ),
  run: (ctx, { id = latestOwn(ctx) }): Answer => {
    if (id === undefined) return phrase('reports.noneOwn')
    const changed = withdraw(ctx, ctx.who, id)
    return changed.ok ? phrase('reports.withdrawn', { no: id }) : changed.error
  },
})

const add = command({
  name: 'reports.add',
  role: 'resident',
  where: ['direct'],
  help: { what: 'reports.help.add', example: 'reports.example.add' },
  parse: (said) => {
    const found = /^补充\s*#?\s*(\d{1,9})[\s,:，：]+(.+)$/s.exec(said.text)
    if (found === null) return undefined
    return {
      id: Number(found[1]) as CaseId,
      words: said.words.replace(/^\D*[\d０-９]+[\s,:，：]+/u, '').slice(0, MAX_ADDED),
    }
  },
  run: (ctx, { id, words }): Answer => {
    const changed = addWords(ctx, ctx.who, id, words)
    return changed.ok ? phrase('reports.added', { no: id }) : changed.error
  },
})

/** A reporter or staff ask for more haste. */
const hurry = command({
  name: 'reports.urge',
  role: 'resident',
  where: ['direct', 'staff-room'],
  bare: ['staff-room'],
  help: { what: 'reports.help.urge', example: 'reports.example.urge' },
  parse: numbered(/^(?:催办|催一下|催|催促)\s*#?\s*(\d{1,9})$/),
  run: (ctx, { id }): Answer => {
    if (id === undefined) return undefined
    const changed = urge(ctx, ctx.who, id)
    return changed.ok ? phrase('reports.urged', { no: id }) : changed.error
  },
})

export const residentCommands: readonly Command[] = [report, progress, own, takeBack, add, hurry]
