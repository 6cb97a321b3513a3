import type { PlainKey } from '../../../content/i18n.ts'
import type { Setting, SettingField, SettingValue } from '../../../content/settings.ts'
import { may } from '../../../handlers/core/roles.ts'
import { type SettingView, settingViews } from '../../../handlers/core/settings.ts'
import { EMPTY, type Filled } from '../form.ts'
import { Act, Field, Form, Select } from '../parts.tsx'
import { stampText } from '../shown.ts'
import type { View } from '../view.ts'

/** What was typed for one setting and does not fit. */
export interface Rejected {
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

/** What the community has set: everybody sees it, the owner changes it. */
export function CommunitySettings(props: {
  readonly view: View
  readonly rejected?: Rejected | undefined
}) {
  const { view, rejected } = props
  return (
    <>
      <p>{view.t('settings.hint')}</p>
      <div class="columns">
        {settingViews(view.look).map((each) => (
          <One
            view={view}
            each={each}
            values={rejected?.name === each.setting.name ? rejected.values : undefined}
          />
        ))}
      </div>
    </>
  )
}

function One(props: {
  readonly view: View
  readonly each: SettingView
  readonly values: Rejected['values'] | undefined
}) {
  const { view, each, values } = props
  const { setting, value, changed } = each
  const { t } = view
  const path = `/console/settings/of/${setting.name}`
  const filled: Filled =
    values === undefined ? EMPTY : { values, errors: { '': { key: 'settings.wrong', vars: {} } } }
  return (
    <article aria-labelledby={`of-${setting.name}`}>
      <h3 id={`of-${setting.name}`}>{titleOf(view, setting)}</h3>
      <p class="hint">{t(`settings.${setting.kind}Hint`)}</p>
      {may(view.who.role, 'owner') ? (
        <Form view={view} action={path} filled={filled}>
          <div class="filters">
            {setting.fields.map((field) => (
              <OneField view={view} setting={setting} field={field} value={value} filled={filled} />
            ))}
          </div>
          <button type="submit">{t('console.save')}</button>
        </Form>
      ) : (
        <p>{valueText(view, setting, value)}</p>
      )}
      <p>
        <small>{originText(view, each)}</small>
      </p>
      {changed && may(view.who.role, 'owner') && (
        <Act view={view} action={`${path}/reset`} label={t('settings.reset')} />
      )}
    </article>
  )
}

function titleOf(view: View, { kind, survey }: Setting): string {
  const title = survey?.title[view.lang] ?? ''
  return kind === 'round' || kind === 'target'
    ? view.t(`settings.${kind}`, { survey: title })
    : view.t(`settings.${kind}`)
}

/** Names are those of the form; ids on the page carry the setting's name as well. */
export function fieldName(setting: Setting, field: SettingField): string {
  return `${setting.name}.${field.name}`
}

function OneField(props: {
  readonly view: View
  readonly setting: Setting
  readonly field: SettingField
  readonly value: SettingValue
  readonly filled: Filled
}) {
  const { view, setting, field, value, filled } = props
  const now = value[field.name]
  const common = {
    view,
    filled,
    name: fieldName(setting, field),
    label: view.t(labelOf(field)),
  }
  if (field.type === 'switch' || field.type === 'choice') {
    const chosen = typeof now === 'boolean' ? onOff(now) : String(now)
    return <Select {...common} value={chosen} options={optionsOf(view, field)} />
  }
  return (
    <Field
      {...common}
      type={field.type}
      value={now === undefined ? '' : String(now)}
      required={field.type !== 'number' || field.optional !== true}
    />
  )
}

const labelOf = ({ name }: SettingField) => `settings.field.${name}` as PlainKey & FieldKey
type FieldKey = Extract<PlainKey, `settings.field.${string}`>

const onOff = (on: boolean) => (on ? 'on' : 'off')

function optionsOf(view: View, field: SettingField) {
  if (field.type === 'choice') {
    return field.options.map(({ value, label }) => ({ value, label: label[view.lang] }))
  }
  return [
    { value: 'on', label: view.t('console.yes') },
    { value: 'off', label: view.t('console.no') },
  ]
}

function originText(view: View, { setting, inFile, changed }: SettingView): string {
  const { t } = view
  const { file } = setting
  if (changed === undefined) return t('settings.fromFile', { file })
  return t('settings.changedBy', {
    name: changed.by ?? t('settings.someone'),
    when: stampText(view, changed.at),
    value: valueText(view, setting, inFile),
    file,
  })
}

function valueText(view: View, { fields }: Setting, value: SettingValue): string {
  return fields
    .map((field) => `${view.t(labelOf(field))} ${partText(view, field, value)}`)
    .join(' · ')
}

function partText(view: View, field: SettingField, value: SettingValue): string {
  const part = value[field.name]
  if (typeof part === 'boolean') return view.t(part ? 'console.yes' : 'console.no')
  if (field.type !== 'choice') return part === undefined ? view.t('console.none') : String(part)
  return field.options.find((o) => o.value === part)?.label[view.lang] ?? String(part)
}

/** The value that a form has, as its fields want it; what is no number stays a text, which does not fit. */
export function valueFrom(setting: Setting, body: Readonly<Record<string, unknown>>): SettingValue {
  return Object.fromEntries(
    setting.fields.flatMap((field): [string, string | number | boolean][] => {
      const text = String(body[fieldName(setting, field)] ?? '').trim()
      if (field.type === 'switch') return [[field.name, text === 'on']]
      if (field.type !== 'number') return [[field.name, text]]
      if (text === '' && field.optional) return []
      return [[field.name, /^\d{1,7}$/.test(text) ? Number(text) : text]]
    }),
  )
}
