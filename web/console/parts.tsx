import type { Child } from 'hono/jsx'
import type { Filled } from './form.ts'
import { newOnce, ONCE } from './once.ts'
import type { View } from './view.ts'

/** The pieces that pages are made of. Every form works without scripts. */

/** A form that is posted with the session's secret. What is wrong as a whole stands above its fields. */
export function Form(props: {
  readonly view: View
  readonly action: string
  readonly filled?: Filled
  readonly multipart?: boolean
  readonly class?: string
  readonly children: Child
}) {
  const { view, action, filled, multipart, children } = props
  const whole = filled?.errors['']
  return (
    <form
      method="post"
      action={action}
      class={props.class}
      enctype={multipart ? 'multipart/form-data' : undefined}
    >
      <input type="hidden" name="csrf" value={view.who.csrf} />
      <input type="hidden" name={ONCE} value={newOnce()} />
      {whole && (
        <p class="error" role="alert">
          {view.say(whole)}
        </p>
      )}
      {children}
    </form>
  )
}

export interface FieldProps {
  readonly view: View
  readonly name: string
  readonly label: string
  readonly filled?: Filled
  readonly hint?: string
  /** What stands there before anybody types. */
  readonly value?: string | undefined
  readonly type?: 'text' | 'password' | 'number' | 'date' | 'time' | 'datetime-local' | 'file'
  readonly required?: boolean
  readonly max?: number
  readonly rows?: number
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'text'
  readonly accept?: string
  /** Of files: several at once. */
  readonly multiple?: boolean
}

/** A labelled field; what was typed stays, and what is wrong with it stands beside it. */
export function Field(props: FieldProps) {
  const { view, name, label, filled, hint } = props
  const error = filled?.errors[name]
  const value = props.type === 'password' ? undefined : (filled?.values[name] ?? props.value)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  const common = {
    id: name,
    name,
    required: props.required,
    maxlength: props.max,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  }
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {props.rows === undefined ? (
        <input
          {...common}
          type={props.type ?? 'text'}
          value={value}
          autocomplete={props.autocomplete ?? 'off'}
          inputmode={props.inputmode}
          accept={props.accept}
          multiple={props.multiple}
        />
      ) : (
        <textarea {...common} rows={props.rows}>
          {value}
        </textarea>
      )}
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      {error && (
        <small id={`${name}-error`} class="error">
          {view.say(error)}
        </small>
      )}
    </div>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
}

export function Select(
  props: Pick<FieldProps, 'view' | 'name' | 'label' | 'filled' | 'value' | 'hint'> & {
    readonly options: readonly Option[]
    /** The words of the choice "any" or "none", which has an empty value. */
    readonly none?: string
  },
) {
  const { view, name, label, filled, options, none } = props
  const value = filled?.values[name] ?? props.value ?? ''
  const error = filled?.errors[name]
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name} aria-describedby={error ? `${name}-error` : undefined}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((o) => (
          <option value={o.value} selected={o.value === value}>
            {o.label}
          </option>
        ))}
      </select>
      {error && (
        <small id={`${name}-error`} class="error">
          {view.say(error)}
        </small>
      )}
    </div>
  )
}

/** Checkboxes of one name, `name[]`. */
export function Choices(
  props: Pick<FieldProps, 'view' | 'name' | 'label' | 'filled'> & {
    readonly options: readonly (Option & { readonly checked?: boolean })[]
  },
) {
  const { view, name, label, filled, options } = props
  const chosen = filled?.values[name]?.split(',')
  const error = filled?.errors[name]
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{label}</legend>
      {options.map((o) => (
        <label class="choice">
          <input
            type="checkbox"
            name={name}
            value={o.value}
            checked={chosen === undefined ? o.checked : chosen.includes(o.value)}
          />
          {o.label}
        </label>
      ))}
      {error && (
        <small id={`${name}-error`} class="error">
          {view.say(error)}
        </small>
      )}
    </fieldset>
  )
}

/** A form that is one button. */
export function Act(props: {
  readonly view: View
  readonly action: string
  readonly label: string
  /** What it does and to whom, where several say the same. */
  readonly name?: string
  readonly fields?: Readonly<Record<string, string | number>>
  readonly class?: string
}) {
  const { view, action, label, fields = {} } = props
  return (
    <Form view={view} action={action} class="act">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      <button type="submit" class={props.class} aria-label={props.name}>
        {label}
      </button>
    </Form>
  )
}

export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => Child
  /** Numbers stand at the right. */
  readonly numeric?: boolean
}

/** More columns do not fit on a phone: there each row becomes a card. */
const MOST_COLUMNS = 3

/** A list with its name above it; on a narrow screen it scrolls by itself, not the page. */
export function Table<Row>(props: {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Shown instead when there is nothing. */
  readonly empty: string
}) {
  const { caption, columns, rows, empty } = props
  if (rows.length === 0) return <p class="empty">{empty}</p>
  return (
    <section class="scroll" tabindex={0} aria-label={caption}>
      <table class={columns.length > MOST_COLUMNS ? 'cards' : undefined}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.numeric ? 'number' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column) => (
                <td class={column.numeric ? 'number' : undefined} data-label={column.head}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Earlier and later pages of a list. */
export function Pager(props: {
  readonly view: View
  readonly page: number
  readonly pages: number
  /** Where page `n` is. */
  readonly link: (n: number) => string
}) {
  const { view, page, pages, link } = props
  if (pages < 2) return null
  return (
    <nav class="pager" aria-label={view.t('console.pager')}>
      {page > 1 && <a href={link(page - 1)}>{view.t('console.pager.before')}</a>}
      <span>{view.t('console.pager.at', { page, pages })}</span>
      {page < pages && <a href={link(page + 1)}>{view.t('console.pager.after')}</a>}
    </nav>
  )
}

/** The same list as a file. `path` has its filters in the query already. */
export function Exports({ view, path }: { readonly view: View; readonly path: string }) {
  const link = (format: string) => {
    const url = new URL(path, 'http://x')
    url.searchParams.set('format', format)
    return url.pathname + url.search
  }
  return (
    <p class="exports">
      {view.t('console.export')} <a href={link('xlsx')}>XLSX</a> · <a href={link('csv')}>CSV</a>
    </p>
  )
}

/** One number with what it counts, leading to the list behind it. */
export function Tile(props: {
  readonly label: string
  readonly value: string | number
  readonly href: string
  readonly urgent?: boolean
}) {
  return (
    <a class={props.urgent ? 'tile urgent' : 'tile'} href={props.href}>
      <strong>{props.value}</strong>
      <span>{props.label}</span>
    </a>
  )
}
