import { phrase } from '../../../content/i18n.ts'
import type { CaseId } from '../../../db/schema-reports.ts'
import { err, ok, type Result } from '../../../handlers/core/result.ts'
import { fileCase, findDuplicate, joinCase } from '../../../handlers/reports/filing.ts'
import { EMPTY, type Filled, refused } from '../form.ts'
import { page } from '../layout.tsx'
import { instantOf } from '../moments.ts'
import { Form, Select } from '../parts.tsx'
import { placeOptions, placeText, whenText } from '../shown.ts'
import type { View } from '../view.ts'
import { caseKind } from './case-words.ts'
import { kindFrom, kindOptions } from './report-actions.ts'
import { type FieldSpec, type Given, nameIn } from './report-fields.ts'
import { Inputs } from './report-forms.tsx'

/** A report by somebody who called or came by: staff enter it, and who it was stays unknown. */

const FORM = 'new'
const SAME = nameIn(FORM, 'same')

export const NEW_FIELDS: readonly FieldSpec[] = [
  {
    name: 'kind',
    label: 'console.report.kind',
    kind: 'choice',
    required: true,
    options: (view) => kindOptions(view),
  },
  {
    name: 'place',
    label: 'console.group.place',
    kind: 'choice',
    options: (view) => [
      { value: '', label: view.t('console.report.notOnMap') },
      ...placeOptions(view),
    ],
  },
  {
    name: 'placeWords',
    label: 'console.report.placeWords',
    kind: 'line',
    hint: 'console.report.placeWordsHint',
  },
  { name: 'at', label: 'console.report.when', kind: 'moment', hint: 'console.report.whenHint' },
  {
    name: 'words',
    label: 'console.report.words',
    kind: 'words',
    required: true,
    hint: 'console.report.wordsHint',
  },
]

/** Asked only once it is known what the report is about: `new` for a case of its own, else a number. */
export const SAME_FIELD: FieldSpec = { name: 'same', label: 'console.report.same', kind: 'line' }

export type Entered =
  | { readonly case: CaseId }
  /** It may be the same as one of these: staff say. */
  | { readonly candidates: ReturnType<typeof findDuplicate> }

/** Files what was entered, or adds it to the case that it is about. */
export function enter(view: View, { words }: Given): Result<Entered, ReturnType<typeof phrase>> {
  const { category, subtype } = kindFrom(words['kind'] ?? '')
  const place = words['place'] || undefined
  const said = { words: words['words'] ?? '', channel: 'console' } as const
  const problem = { category, subtype, place, placeWords: words['placeWords'] || undefined }
  const candidates = findDuplicate(view.look, problem)
  const same = words['same'] ?? ''
  if (candidates.length > 0 && same === '') return ok({ candidates })
  const chosen = candidates.find((row) => String(row.id) === same)
  if (chosen !== undefined) {
    const joined = view.work((work) => joinCase(work, view.who, undefined, chosen.id, said))
    return joined.ok ? ok({ case: joined.value.case.id }) : joined
  }
  if (same !== '' && same !== 'new') return err(phrase('reports.refuse.target'))
  const moment = instantOf(view, words['at'] ?? '')
  const filed = view.work((work) =>
    fileCase(work, view.who, undefined, {
      ...problem,
      ...said,
      happened: moment && { from: moment, to: moment },
    }),
  )
  return filed.ok ? ok({ case: filed.value.case.id }) : filed
}

export function newPage(
  view: View,
  filled: Filled = EMPTY,
  candidates: ReturnType<typeof findDuplicate> = [],
) {
  const { t } = view
  const asked =
    candidates.length === 0 ? filled : refused(filled, phrase('console.report.sameHint'), SAME)
  return page(view, {
    title: t('console.report.new'),
    children: (
      <>
        <p class="hint">{t('console.report.newHint')}</p>
        <Form view={view} action="/console/reports/new" filled={asked}>
          {candidates.length > 0 && (
            <div class="warning" role="alert">
              <Select
                view={view}
                name={SAME}
                label={t('console.report.same')}
                filled={asked}
                none={t('console.report.choose')}
                options={[
                  ...candidates.map((row) => ({
                    value: String(row.id),
                    label: `#${row.id} ${caseKind(view, row)} · ${placeText(view, row.place_id)} · ${whenText(view, row.created_at)}`,
                  })),
                  { value: 'new', label: t('console.report.notSame') },
                ]}
              />
            </div>
          )}
          <Inputs view={view} form={FORM} fields={NEW_FIELDS} filled={asked} />
          <button type="submit">{t('console.report.file')}</button>
        </Form>
      </>
    ),
  })
}
