import { expect, it } from 'vitest'
import { forgetReporter } from '../../handlers/reports/erase.ts'
import { addWords } from '../../handlers/reports/filing.ts'
import { addPhoto, close } from '../../handlers/reports/service.ts'
import { caseView, ownReports } from '../../handlers/reports/view.ts'
import { caseTown, granted } from '../support/case-town.ts'

it('forgets a reporter and every word of theirs, and keeps the case', () => {
  using t = caseTown()
  const id = t.file({ effect: '孩子睡不着', prior: '打过12345', level: 62 })
  const other = t.file({}, t.bob)
  const [complaint] = granted(caseView(t.look(), t.staff, id)).reports
  if (complaint === undefined) throw new Error('no report')
  t.town.tx((w) => granted(addWords(w, t.anna, id, '昨晚又来了')))
  const photo = { hash: 'ab', mime: 'image/jpeg', width: 8, height: 6, bytes: 99 }
  t.town.tx((w) => addPhoto(w, id, photo, { stage: 'report', complaint: complaint.id }))
  expect(t.town.tx((w) => forgetReporter(w, t.anna.id))).toEqual(['ab'])
  expect(ownReports(t.look(), t.anna.id)).toEqual([])
  const left = JSON.stringify(
    ['complaint', 'complaint_addition', 'case_photo'].map((table) =>
      t.town.rows(table as 'complaint').filter((row) => row['case_id'] !== other),
    ),
  )
  for (const words of ['钻墙', '孩子', '12345', '又来了', '501', '"ab"']) {
    expect(left).not.toContain(words)
  }
  expect(left).not.toContain(`"resident_id":${t.anna.id}`)
  expect(granted(caseView(t.look(), t.staff, id))).toMatchObject({ reporters: 1 })
  t.town.tx((w) => granted(close(w, t.staff, id, { note: '已处理' })))
  expect(ownReports(t.look(), t.bob.id)).toHaveLength(1)
})
