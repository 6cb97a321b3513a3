import type { PlainKey } from '../../../content/i18n.ts'
import type { Action } from '../../../handlers/reports/transitions.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import { EMPTY, type Filled } from '../form.ts'
import { Act, Field, Form, Select } from '../parts.tsx'
import type { View } from '../view.ts'
import { STEPS, stepsOf } from './report-actions.ts'
import { type FieldSpec, MAX_WORDS, nameIn } from './report-fields.ts'

/** A form that was refused: it stays open with what was typed. */
export interface Refusal {
  readonly form: string
  readonly filled: Filled
}

/** One form for each step that is possible now; those without anything to say are buttons. */
export function StepForms(props: {
  readonly view: View
  readonly of: CaseView
  readonly refusal: Refusal | undefined
}) {
  const { view, of, refusal } = props
  const { t } = view
  const steps = stepsOf(of)
  if (steps.length === 0) return <p class="empty">{t('console.report.noSteps')}</p>
  const buttons = steps.filter((a) => STEPS[a]?.fields.length === 0)
  return (
    <>
      <div>
        {buttons.map((action) => (
          <Act
            view={view}
            action={`/console/reports/${of.case.id}/${action}`}
            label={labelOf(view, of, action)}
            fields={{ seen: of.case.version }}
          />
        ))}
      </div>
      {steps
        .filter((action) => !buttons.includes(action))
        .map((action) => (
          <StepForm
            view={view}
            of={of}
            action={action}
            filled={refusal?.form === action ? refusal.filled : undefined}
          />
        ))}
    </>
  )
}

function labelOf({ t }: View, of: CaseView, action: Action): string {
  if (action === 'publish' && of.case.public === 1) return t('console.report.unpublish')
  return t(OWN_LABELS[action] ?? (`reports.action.${action}` satisfies PlainKey))
}

/** Where staff note for somebody else what those do themselves in the chat. */
const OWN_LABELS: Partial<Record<Action, PlainKey>> = {
  join: 'console.report.join',
  respond: 'console.report.responded',
  revisit: 'console.report.revisit',
}

function StepForm(props: {
  readonly view: View
  readonly of: CaseView
  readonly action: Action
  readonly filled: Filled | undefined
}) {
  const { view, of, action, filled } = props
  const fields = STEPS[action]?.fields ?? []
  const label = labelOf(view, of, action)
  return (
    <details id={`step-${action}`} open={filled !== undefined}>
      <summary>{label}</summary>
      <Form
        view={view}
        action={`/console/reports/${of.case.id}/${action}`}
        filled={filled ?? EMPTY}
        multipart={fields.some((f) => f.kind === 'photos')}
      >
        <input type="hidden" name="seen" value={String(of.case.version)} />
        <Inputs view={view} form={action} fields={fields} of={of} filled={filled ?? EMPTY} />
        <button type="submit">{label}</button>
      </Form>
    </details>
  )
}

/** The fields of a form as they are shown. */
export function Inputs(props: {
  readonly view: View
  readonly form: string
  readonly fields: readonly FieldSpec[]
  readonly of?: CaseView
  readonly filled: Filled
}) {
  const { view, form, fields, of, filled } = props
  const { t } = view
  return (
    <>
      {fields.map((spec) => {
        const common = {
          view,
          name: nameIn(form, spec.name),
          label: t(spec.label),
          filled,
          value: spec.value?.(view, of),
        }
        if (spec.kind === 'choice') {
          const options = spec.options?.(view, of) ?? []
          // Nothing is chosen for somebody who has to say it.
          const open = spec.value === undefined && !options.some((o) => o.value === '')
          return (
            <Select
              {...common}
              options={options}
              {...(open && { none: t('console.report.choose') })}
            />
          )
        }
        return (
          <Field
            {...common}
            {...(spec.hint && { hint: t(spec.hint) })}
            required={spec.required ?? false}
            {...KINDS[spec.kind]}
          />
        )
      })}
    </>
  )
}

const KINDS = {
  line: { max: 100 },
  words: { rows: 2, max: MAX_WORDS },
  number: { type: 'text', inputmode: 'numeric', max: 8 },
  moment: { type: 'datetime-local' },
  photos: { type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true },
} as const
