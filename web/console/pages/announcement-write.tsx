import type { AnnouncementId } from '../../../db/schema-announcements.ts'
import { REPEATS_EVERY } from '../../../db/schema-announcements.ts'
import { groups } from '../../../handlers/staff/service.ts'
import type { Filled } from '../form.ts'
import { Choices, Field, Form, Select } from '../parts.tsx'
import { placeOptions } from '../shown.ts'
import type { View } from '../view.ts'
import { FILES, fileText, KEPT, keptIn, token } from './announcement-files.ts'
import { MAX_TEXT } from './announcement-form.ts'

interface Writing {
  readonly view: View
  readonly filled: Filled
}

/** The form in which an announcement is written, or changed before it is confirmed. */
export function WriteForm(props: Writing & { readonly editing: AnnouncementId | undefined }) {
  const { view, filled, editing } = props
  const { t } = view
  const action = editing ? `/console/announcements/${editing}/edit` : '/console/announcements'
  return (
    <Form view={view} action={action} filled={filled} multipart>
      {editing && <input type="hidden" name="seen" value={filled.values['seen']} />}
      <Field
        view={view}
        name="text"
        label={t('console.announcement.text')}
        hint={t('console.announcement.textHint')}
        filled={filled}
        rows={6}
        required
        max={MAX_TEXT}
      />
      <Choices
        view={view}
        name="audience[]"
        label={t('console.announcement.audience')}
        filled={filled}
        options={audienceOptions(view)}
      />
      <Files view={view} filled={filled} />
      <label class="choice">
        <input
          type="checkbox"
          name="urgent"
          value="yes"
          checked={filled.values['urgent'] === 'yes'}
        />
        {t('console.announcement.urgent')}
      </label>
      <Times view={view} filled={filled} />
      <button type="submit">{t('console.announcement.preview')}</button>
    </Form>
  )
}

/** What is a picture by its name, and the documents; what a file really is, the server finds out. */
const ACCEPT = 'image/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.wps,.et,.dps'

function Files({ view, filled }: Writing) {
  const { t } = view
  const kept = keptIn(filled)
  const { maxFiles: n, maxFileMegabytes: max } = view.deps.env.content.announcementRules
  return (
    <>
      {kept.length > 0 && (
        <Choices
          view={view}
          name={KEPT}
          label={t('console.announcement.kept')}
          filled={filled}
          options={kept.map((file, i) => ({
            value: token(file),
            label: fileText(view, file, i),
          }))}
        />
      )}
      <Field
        view={view}
        name={FILES}
        type="file"
        label={t('console.announcement.files')}
        hint={t('console.announcement.filesHint', { n, max })}
        filled={filled}
        accept={ACCEPT}
        multiple
      />
    </>
  )
}

function Times({ view, filled }: Writing) {
  const { t } = view
  return (
    <div class="filters">
      <Field
        view={view}
        name="sendAt"
        type="datetime-local"
        label={t('console.announcement.sendAt')}
        hint={t('console.announcement.sendAtHint')}
        filled={filled}
      />
      <Select
        view={view}
        name="repeats"
        label={t('console.announcement.repeats')}
        filled={filled}
        none={t('console.announcement.once')}
        options={REPEATS_EVERY.map((every) => ({
          value: every,
          label: t(`console.announcement.${every}`),
        }))}
      />
      <Field
        view={view}
        name="until"
        type="date"
        label={t('console.announcement.until')}
        filled={filled}
      />
      <Field
        view={view}
        name="expires"
        type="datetime-local"
        label={t('console.announcement.expires')}
        filled={filled}
      />
    </div>
  )
}

/** Everybody, the places and tags that groups have, and each group. */
function audienceOptions(view: View) {
  const { t } = view
  const served = groups(view.look).filter((g) => g.enabled === 1)
  const places = new Set(served.map((g) => g.place))
  const tags = [...new Set(served.flatMap((g) => JSON.parse(g.tags) as string[]))].sort()
  return [
    { value: 'all', label: t('console.announcement.everybody') },
    ...placeOptions(view)
      .filter((p) => places.has(p.value))
      .map((p) => ({ value: `place:${p.value}`, label: p.label })),
    ...tags.map((tag) => ({ value: `tag:${tag}`, label: t('console.announcement.tag', { tag }) })),
    ...served.map((g) => ({
      value: `room:${g.id}`,
      label: t('console.announcement.group', { topic: g.topic }),
    })),
  ]
}
