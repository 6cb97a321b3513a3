import { phrase } from '../../../content/i18n.ts'
import type { Category } from '../../../content/report-rules.ts'
import type { ResidentId } from '../../../db/schema.ts'
import {
  type CaseId,
  MEDIATION_HOWS,
  MEDIATION_KINDS,
  MEDIATION_OUTCOMES,
  MEDIATION_PARTIES,
  RATINGS,
} from '../../../db/schema-reports.ts'
import type { Work } from '../../../handlers/core/feature.ts'
import { err, type Result } from '../../../handlers/core/result.ts'
import { resume } from '../../../handlers/reports/cases.ts'
import { merge, unmerge } from '../../../handlers/reports/combine.ts'
import { correct, joinCase } from '../../../handlers/reports/filing.ts'
import { measure, mediate } from '../../../handlers/reports/ledger.ts'
import { noiseLimit } from '../../../handlers/reports/noise.ts'
import { assignees } from '../../../handlers/reports/queue.ts'
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
  revisit,
  start,
  supervise,
  transfer,
  unreached,
  urge,
} from '../../../handlers/reports/service.ts'
import type { Action } from '../../../handlers/reports/transitions.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import { instantOf } from '../moments.ts'
import type { Option } from '../parts.tsx'
import { placeOptions } from '../shown.ts'
import type { View } from '../view.ts'
import { caseKind } from './case-words.ts'
import type { FieldSpec, Given } from './report-fields.ts'

/** What can be done with a case from its page: the fields of each step, and the use case behind it. */

export interface Step {
  readonly fields: readonly FieldSpec[]
  run(at: StepAt, given: Given): Result<unknown, ReturnType<typeof phrase>>
}

export interface StepAt {
  readonly view: View
  readonly work: Work
  readonly of: CaseView
  readonly id: CaseId
}

const reason = {
  name: 'reason',
  label: 'console.report.reason',
  kind: 'words',
  required: true,
} as const
const told = { ...reason, hint: 'console.report.toldHint' } as const
const note = {
  name: 'note',
  label: 'console.report.note',
  kind: 'words',
  hint: 'console.report.toldHint',
} as const
const internal = {
  name: 'internal',
  label: 'console.report.internal',
  kind: 'words',
  hint: 'console.report.internalHint',
} as const
const when = {
  name: 'at',
  label: 'console.report.at',
  kind: 'moment',
  hint: 'console.report.atHint',
} as const

/** One button: nothing has to be said. */
function plain(run: (at: StepAt) => ReturnType<Step['run']>): Step {
  return { fields: [], run: (at) => run(at) }
}

function choice(
  name: string,
  label: FieldSpec['label'],
  options: NonNullable<FieldSpec['options']>,
): FieldSpec {
  return { name, label, kind: 'choice', required: true, options }
}

/** Every step that pages offer, in the order in which they do. */
export const STEPS: Partial<Record<Action, Step>> = {
  accept: plain(({ work, view, id }) => accept(work, view.who, id)),
  assign: {
    fields: [
      choice('assignee', 'console.report.assignee', (view, of) => staffOptions(view, of)),
      { ...note, label: 'console.report.assignNote', hint: 'console.report.assignHint' },
    ],
    run: ({ work, view, id }, { words }) =>
      assign(work, view.who, id, {
        assignee: Number(words['assignee']) as ResidentId,
        note: words['note'],
      }),
  },
  start: plain(({ work, view, id }) => start(work, view.who, id)),
  respond: plain(({ work, view, id }) => respond(work, view.who, id)),
  close: {
    fields: [
      { ...note, label: 'console.report.result', required: true },
      internal,
      {
        name: 'photos',
        label: 'console.report.photos',
        kind: 'photos',
        hint: 'console.report.photosHint',
      },
    ],
    run: ({ work, view, id }, { words, photos }) =>
      close(work, view.who, id, { note: words['note'], internal: words['internal'], photos }),
  },
  revisit: {
    fields: [
      choice('result', 'console.report.solved', ({ t }) => [
        { value: 'solved', label: t('console.report.result.solved') },
        { value: 'unsolved', label: t('console.report.result.unsolved') },
      ]),
      {
        ...choice('rating', 'console.report.rating', ({ t }) => [
          { value: '', label: t('console.report.unrated') },
          ...RATINGS.map((r) => ({ value: r, label: t(`console.report.rating.${r}`) })),
        ]),
        required: false,
      },
    ],
    run: ({ work, view, id }, { words }) =>
      revisit(work, view.who, id, {
        result: words['result'] === 'solved' ? 'solved' : 'unsolved',
        rating: RATINGS.find((r) => r === words['rating']),
      }),
  },
  unreached: plain(({ work, view, id }) => unreached(work, view.who, id)),
  mediate: {
    fields: [
      choice('kind', 'console.report.mediation', listed(MEDIATION_KINDS, 'kind')),
      choice('how', 'console.report.how', listed(MEDIATION_HOWS, 'how')),
      choice('party', 'console.report.party', listed(MEDIATION_PARTIES, 'party')),
      choice('outcome', 'console.report.outcome', listed(MEDIATION_OUTCOMES, 'outcome')),
      when,
      { name: 'note', label: 'console.report.remark', kind: 'words' },
    ],
    run: ({ work, view, id }, { words }) =>
      mediate(work, view.who, id, {
        kind: among(MEDIATION_KINDS, words['kind']),
        how: among(MEDIATION_HOWS, words['how']),
        party: among(MEDIATION_PARTIES, words['party']),
        outcome: among(MEDIATION_OUTCOMES, words['outcome']),
        at: instantOf(view, words['at'] ?? ''),
        note: words['note'],
      }),
  },
  measure: {
    fields: [
      { name: 'level', label: 'console.report.level', kind: 'number', required: true },
      choice('instrument', 'console.report.instrument', ({ t }) => [
        { value: 'phone', label: t('reports.noise.phone') },
        { value: 'meter', label: t('reports.noise.meter') },
      ]),
      { name: 'minutes', label: 'console.report.minutes', kind: 'number' },
      {
        name: 'point',
        label: 'console.report.point',
        kind: 'line',
        value: (_, of) => of?.case.place_text ?? '',
      },
      when,
    ],
    run: ({ work, view, id }, { words }) => {
      const at = instantOf(view, words['at'] ?? '')
      const { content, zone } = work.env
      const { period, limit } = noiseLimit(at ?? work.now, content.noiseRules, zone)
      const minutes = words['minutes'] ?? ''
      return measure(work, view.who, id, {
        at,
        level: Number(words['level']),
        instrument: words['instrument'] === 'meter' ? 'meter' : 'phone',
        minutes: minutes === '' ? undefined : Number(minutes),
        point: words['point'] ?? '',
        period,
        limit,
      })
    },
  },
  note: {
    fields: [note, internal],
    run: ({ work, view, id }, { words }) =>
      remark(work, view.who, id, { note: words['note'], internal: words['internal'] }),
  },
  extend: {
    fields: [{ name: 'days', label: 'console.report.days', kind: 'number', required: true }, told],
    run: ({ work, view, id }, { words }) =>
      extend(work, view.who, id, { days: Number(words['days']), reason: words['reason'] ?? '' }),
  },
  pause: {
    fields: [{ ...told, label: 'console.report.ask' }],
    run: ({ work, view, id }, { words }) => pause(work, view.who, id, words['reason'] ?? ''),
  },
  resume: plain(({ work, view, id }) => resume(work, view.who, id)),
  giveBack: {
    fields: [reason],
    run: ({ work, view, id }, { words }) => giveBack(work, view.who, id, words['reason'] ?? ''),
  },
  urge: plain(({ work, view, id }) => urge(work, view.who, id)),
  supervise: plain(({ work, view, id }) => supervise(work, view.who, id)),
  correct: {
    fields: [
      {
        ...choice('kind', 'console.report.kind', (view) => kindOptions(view)),
        value: (_, of) => `${of?.case.category}/${of?.case.subtype}`,
      },
      {
        name: 'place',
        label: 'console.group.place',
        kind: 'choice',
        options: (view) => [
          { value: '', label: view.t('console.report.asIs') },
          ...placeOptions(view),
        ],
      },
    ],
    run: ({ work, view, of, id }, { words }) => {
      const { category, subtype } = kindFrom(words['kind'] ?? '')
      const changed = category !== of.case.category || subtype !== of.case.subtype
      if (!changed && !words['place']) return err(phrase('console.report.nothing'))
      return correct(work, view.who, id, {
        ...(changed && { category, subtype }),
        ...(words['place'] && { place: words['place'] }),
      })
    },
  },
  join: {
    fields: [
      {
        name: 'words',
        label: 'console.report.words',
        kind: 'words',
        required: true,
        hint: 'console.report.wordsHint',
      },
    ],
    run: ({ work, view, id }, { words }) =>
      joinCase(work, view.who, undefined, id, { words: words['words'] ?? '', channel: 'console' }),
  },
  merge: {
    fields: [
      {
        name: 'into',
        label: 'console.report.into',
        kind: 'number',
        required: true,
        hint: 'console.report.intoHint',
      },
      internal,
    ],
    run: ({ work, view, id }, { words }) => {
      const into = Number(words['into'])
      if (!Number.isSafeInteger(into)) return err(phrase('reports.refuse.target'))
      return merge(work, view.who, id, into as CaseId, { internal: words['internal'] })
    },
  },
  unmerge: plain(({ work, view, id }) => unmerge(work, view.who, id)),
  transfer: {
    fields: [{ name: 'where', label: 'console.report.where', kind: 'line', required: true }, note],
    run: ({ work, view, id }, { words }) =>
      transfer(work, view.who, id, { where: words['where'] ?? '', note: words['note'] }),
  },
  reject: {
    fields: [told],
    run: ({ work, view, id }, { words }) =>
      reject(work, view.who, id, { reason: words['reason'] ?? '' }),
  },
  reopen: {
    fields: [reason],
    run: ({ work, view, id }, { words }) => reopen(work, view.who, id, words['reason'] ?? ''),
  },
  publish: plain(({ work, view, of, id }) => publish(work, view.who, id, of.case.public === 0)),
  archive: plain(({ work, view, id }) => archive(work, view.who, id)),
}

/** The steps that the reader may take now, in the order of the list. */
export function stepsOf({ case: row, possible, relations }: CaseView): Action[] {
  const all = Object.keys(STEPS) as Action[]
  // A neighbour joins in the chat; here staff note that somebody called.
  return all
    .filter((a) => possible.includes(a))
    .filter((a) => a !== 'join' || relations.has('staff'))
    .filter((a) => a !== 'measure' || row.category === 'noise')
}

type Ledger = 'kind' | 'how' | 'party' | 'outcome'
type Words = { [K in Ledger]: K extends 'kind' ? (typeof MEDIATION_KINDS)[number] : string }

function listed<K extends Ledger>(values: readonly Words[K][], of: K) {
  return ({ t }: View): Option[] =>
    values.map((value) => ({
      value,
      label: t(`cases.mediation.${of}.${value}` as 'cases.mediation.kind.notice'),
    }))
}

/** The value that was chosen: the form takes no other. */
function among<T extends string>(values: readonly T[], chosen: string | undefined): T {
  const found = values.find((value) => value === chosen)
  if (found === undefined) throw new Error('a choice that was not offered')
  return found
}

/** Who can be given a case, with what they are; those who are there for it first. */
export function staffOptions(view: View, of?: CaseView): Option[] {
  return assignees(view.look, of?.case).map(({ id, name, role }) => ({
    value: String(id),
    label: `${name}（${view.t(`console.role.${role}`)}）`,
  }))
}

/** Every kind of problem: `noise/renovation`. */
export function kindOptions(view: View): Option[] {
  return view.deps.env.content.reportRules.categories.flatMap(({ id, subtypes }) =>
    subtypes.map(({ subtype }) => ({
      value: `${id}/${subtype}`,
      label: caseKind(view, { category: id, subtype }),
    })),
  )
}

export function kindFrom(value: string): { readonly category: Category; readonly subtype: string } {
  const [category = 'other', subtype = 'other'] = value.split('/')
  return { category: category as Category, subtype }
}
