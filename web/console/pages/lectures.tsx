import { Hono } from 'hono'
import { z } from 'zod'
import { type Phrase, phrase } from '../../../content/i18n.ts'
import { readTable } from '../../../content/table.ts'
import { addDays, mondayOf } from '../../../content/time.ts'
import {
  importLectures,
  lecturePlan,
  lectureProgrammes,
  previewLectures,
} from '../../../handlers/programmes/manage.ts'
import { planLecture } from '../../../handlers/programmes/service.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { requiredDay } from '../moments.ts'
import { Exports, Field, Form, Select, Table } from '../parts.tsx'
import { dayText } from '../shown.ts'
import type { ConsoleEnv, View } from '../view.ts'

const WEEKS = 26
const MAX_WORDS = 100
const MAX_FILE = 2 * 1024 * 1024

type Rows = readonly (readonly string[])[]

const entryForm = z.object({
  programme: z.string().min(1),
  date: requiredDay,
  topic: z.string().trim().min(1).max(MAX_WORDS),
  speaker: z.string().trim().max(MAX_WORDS),
})
const fileForm = z.object({ programme: z.string().min(1), file: z.instanceof(File) })
const confirmForm = z.object({
  programme: z.string().min(1),
  table: z
    .string()
    .max(MAX_FILE)
    .transform((text, ctx): Rows => {
      try {
        return z.array(z.array(z.string())).parse(JSON.parse(text))
      } catch {
        ctx.addIssue({ code: 'custom', message: 'no table' })
        return z.NEVER
      }
    }),
})

/** The lecture plan: week by week, by hand or from a table that is shown before it is imported. */
export function lecturePages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/lectures/*', roleGuard('staff'))
  app.get('/lectures', (c) => {
    const view = c.get('view')
    if (c.req.query('format')) return download(c, sheet(view))
    return c.html(planPage(view, EMPTY))
  })
  app.post('/lectures', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, entryForm)
    if (!form.ok) return c.html(planPage(view, form.filled), 422)
    if (!isLecture(view, form.value.programme)) {
      return c.html(planPage(view, refused(form.filled, NO_PROGRAMME, 'programme')), 422)
    }
    view.work((work) => planLecture(work, view.who.id, form.value))
    return c.redirect('/console/lectures?done=1', 303)
  })
  app.post('/lectures/preview', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, fileForm)
    if (!form.ok) return c.html(planPage(view, form.filled), 422)
    const { programme, file } = form.value
    if (!isLecture(view, programme)) {
      return c.html(planPage(view, refused(form.filled, NO_PROGRAMME, 'programme')), 422)
    }
    const table = await tableOf(file)
    if ('key' in table) return c.html(planPage(view, refused(form.filled, table, 'file')), 422)
    const { problems } = previewLectures(table)
    return c.html(previewPage(view, programme, table), problems.length === 0 ? 200 : 422)
  })
  app.post('/lectures/import', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, confirmForm)
    if (!form.ok) return c.html(planPage(view, EMPTY), 422)
    const { programme, table } = form.value
    const result = view.work((work) => importLectures(work, view.who.id, programme, table))
    return result.ok
      ? c.redirect('/console/lectures?done=1', 303)
      : c.html(planPage(view, refused(EMPTY, result.error, 'file')), 422)
  })
  return app
}

const NO_PROGRAMME = phrase('console.field.choose')

function isLecture(view: View, id: string): boolean {
  return lectureProgrammes(view.look).some((programme) => programme.id === id)
}

/** The cells of an uploaded file, or what is wrong with it. */
async function tableOf(file: File): Promise<Rows | Phrase> {
  if (file.size === 0) return phrase('console.field.required')
  if (file.size > MAX_FILE) return phrase('console.lecture.tooLarge')
  try {
    return await readTable(Buffer.from(await file.arrayBuffer()))
  } catch {
    return phrase('console.lecture.noTable')
  }
}

function sheet(view: View) {
  const { t } = view
  const rows = lectureProgrammes(view.look).flatMap((p) => lecturePlan(view.look, p.id, WEEKS))
  return {
    name: 'lectures',
    head: [t('console.lecture.date'), t('console.lecture.topic'), t('console.lecture.speaker')],
    rows: rows.map(({ week, lecture }) => [week, lecture?.topic ?? '', lecture?.speaker ?? '']),
  }
}

function ProgrammeChoice({ view, filled }: { readonly view: View; readonly filled: Filled }) {
  return (
    <Select
      view={view}
      name="programme"
      label={view.t('console.programme.name')}
      filled={filled}
      options={lectureProgrammes(view.look).map((p) => ({ value: p.id, label: p.name[view.lang] }))}
    />
  )
}

function planPage(view: View, filled: Filled) {
  const { t } = view
  return page(view, {
    title: t('console.programme.lectures'),
    children: (
      <>
        {lectureProgrammes(view.look).map((programme) => (
          <Table
            caption={programme.name[view.lang]}
            empty={t('console.nothing')}
            rows={lecturePlan(view.look, programme.id, WEEKS)}
            columns={[
              {
                head: t('console.lecture.week'),
                cell: ({ week }) => `${dayText(view, week)} – ${dayText(view, addDays(week, 6))}`,
              },
              {
                head: t('console.lecture.topic'),
                cell: ({ lecture }) => lecture?.topic ?? t('console.lecture.missing'),
              },
              { head: t('console.lecture.speaker'), cell: ({ lecture }) => lecture?.speaker ?? '' },
            ]}
          />
        ))}
        <Exports view={view} path="/console/lectures" />
        <div class="columns">
          <section>
            <h2>{t('console.lecture.set')}</h2>
            <Form view={view} action="/console/lectures" filled={filled}>
              <ProgrammeChoice view={view} filled={filled} />
              <Field
                view={view}
                name="date"
                type="date"
                label={t('console.lecture.date')}
                filled={filled}
                required
              />
              <Field
                view={view}
                name="topic"
                label={t('console.lecture.topic')}
                filled={filled}
                required
                max={MAX_WORDS}
              />
              <Field
                view={view}
                name="speaker"
                label={t('console.lecture.speaker')}
                filled={filled}
                max={MAX_WORDS}
              />
              <button type="submit">{t('console.save')}</button>
            </Form>
          </section>
          <section>
            <h2>{t('console.lecture.import')}</h2>
            <p>{t('console.lecture.importHint')}</p>
            <Form view={view} action="/console/lectures/preview" multipart>
              <input
                type="hidden"
                name="programme"
                value={lectureProgrammes(view.look)[0]?.id ?? ''}
              />
              <Field
                view={view}
                name="file"
                type="file"
                label={t('console.lecture.file')}
                accept=".csv,.xlsx"
                filled={filled}
                required
              />
              <button type="submit">{t('console.lecture.preview')}</button>
            </Form>
          </section>
        </div>
      </>
    ),
  })
}

function previewPage(view: View, programme: string, table: Rows) {
  const { t } = view
  const { rows, problems } = previewLectures(table)
  const before = new Map(
    lecturePlan(view.look, programme, WEEKS).map(({ week, lecture }) => [week, lecture?.topic]),
  )
  return page(view, {
    title: t('console.lecture.preview'),
    children: (
      <>
        {problems.length > 0 ? (
          <Table
            caption={t('console.lecture.problems', { n: problems.length })}
            empty=""
            rows={problems}
            columns={[
              { head: t('console.lecture.line'), cell: (p) => p.line, numeric: true },
              { head: t('console.lecture.problem'), cell: (p) => view.say(p.message) },
            ]}
          />
        ) : (
          <Form view={view} action="/console/lectures/import">
            <input type="hidden" name="programme" value={programme} />
            <input type="hidden" name="table" value={JSON.stringify(table)} />
            <button type="submit">{t('console.lecture.confirm', { n: rows.length })}</button>
          </Form>
        )}
        <Table
          caption={t('console.lecture.readable', { n: rows.length })}
          empty={t('console.nothing')}
          rows={rows}
          columns={[
            { head: t('console.lecture.date'), cell: (r) => r.date },
            { head: t('console.lecture.topic'), cell: (r) => r.topic },
            { head: t('console.lecture.speaker'), cell: (r) => r.speaker },
            { head: t('console.lecture.before'), cell: (r) => before.get(mondayOf(r.date)) ?? '' },
          ]}
        />
        <p>
          <a href="/console/lectures">{t('console.lecture.back')}</a>
        </p>
      </>
    ),
  })
}
