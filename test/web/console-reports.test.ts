import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { updateResident } from '../../db/queries/resident.ts'
import type { Role } from '../../db/schema.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { fileCase, type Problem, type Words } from '../../handlers/reports/filing.ts'
import { accept, addPhoto, assign, close, pause } from '../../handlers/reports/service.ts'
import { caseRow, granted, NOISE } from '../support/case-town.ts'
import { openConsole } from '../support/console.ts'
import { plainPhoto } from '../support/photos.ts'
import { readSheet } from '../support/spreadsheet.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>
let anna: ReturnType<Town['staff']>['id']

beforeEach(async () => {
  town = openTown()
  web = openConsole(town)
  await town.settle()
  // Somebody known to the network, and no more than a resident.
  anna = town.staff('王秀英', 'partner').id
  town.tx(({ tx }) =>
    updateResident(tx, anna, { role: 'resident', home: '18-86', home_room: '301' }),
  )
})
afterEach(() => town[Symbol.dispose]())

/** What the reader sees, without markup. */
const text = (html: string) =>
  html
    .replace(/<(script|style|select)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

const file = (more: Partial<Problem & Words> = {}): CaseId =>
  granted(
    town.tx((work) => fileCase(work, { id: anna, role: 'resident' }, anna, { ...NOISE, ...more })),
  ).case.id

const signIn = async (role: Exclude<Role, 'resident'> = 'staff', name = '刘干事') => {
  await town.settle()
  const tab = await web.signIn(name, role)
  await town.settle()
  town.heard()
  return tab
}
type Tab = Awaited<ReturnType<typeof signIn>>
const state = (id: CaseId) => caseRow(town, id)['state']

/** Sends one of the forms of a case's page as it stands on the page. */
async function send(
  tab: Tab,
  id: CaseId,
  action: string,
  fields: Record<string, string | Blob> = {},
) {
  const { html } = await tab.open(`/console/reports/${id}`)
  const form = new RegExp(`action="/console/reports/${id}/${action}"[\\s\\S]*?</form>`).exec(
    html,
  )?.[0]
  expect([action, form === undefined]).toEqual([action, false])
  const seen = /name="seen" value="(\d+)"/.exec(form ?? '')?.[1] ?? ''
  for (const name of Object.keys(fields)) expect(form).toContain(`name="${action}-${name}"`)
  const named = Object.entries(fields).map(([name, value]) => [`${action}-${name}`, value])
  return tab.post(`/console/reports/${id}/${action}`, { seen, ...Object.fromEntries(named) })
}

describe('the queue', () => {
  it('shows what is open, what is late, who has it, and how many reported it', async () => {
    const tab = await signIn()
    const id = file()
    const done = file({ category: 'waste', subtype: 'other', place: '28', placeWords: '' })
    town.tx((w) => granted(close(w, { id: tab.id, role: 'staff' }, done, { note: '已清运' })))
    const open = text((await tab.open('/console/reports')).html)
    expect(open).toMatch(new RegExp(`共 1 件 .*#${id} 噪音 · 装修 18街坊86门 待确认 `))
    expect(open).not.toContain(`#${done}`)
    expect(text((await tab.open('/console/reports?state=closed')).html)).toContain(`#${done}`)
    expect((await tab.open('/console/reports?due=overdue')).html).toContain('没有这样的反映')
    town.jump('2026-12-20T12:00:00+08:00')
    const later = await signIn('staff', '王干事')
    expect(text((await later.open('/console/reports?due=overdue')).html)).toMatch(
      /共 1 件 .* 逾期 /,
    )
  })

  it('says what is late beside its own date, as the chat does, and nothing while it waits', async () => {
    const tab = await signIn()
    const id = file()
    const waiting = file({ place: '28-5', placeWords: '5号楼' })
    const lead = { id: tab.id, role: 'staff' } as const
    town.tx((w) => granted(accept(w, lead, waiting)))
    town.tx((w) => granted(pause(w, lead, waiting, '几点开始的？')))
    town.jump('2026-11-27T12:00:00+08:00')
    const later = await signIn('staff', '王干事')
    const list = text((await later.open('/console/reports')).html)
    expect(list).toMatch(new RegExp(`#${id} [^#]*最晚联系 [^#]* 逾期 `))
    expect(list).not.toMatch(new RegExp(`#${waiting} [^#]*逾期`))
    const page = text((await later.open(`/console/reports/${id}`)).html)
    expect(page).toMatch(/最晚联系 \S+ \S* ?逾期/)
    expect(page).not.toMatch(/最晚办结 \S+ \S* ?逾期/)
  })

  it('keeps the filters in the address, and what makes no sense filters nothing', async () => {
    const tab = await signIn()
    const id = file()
    const page = await tab.open(
      '/console/reports?q=钻墙&state=all&category=noise&place=18&from=2026-11-01&to=2026-11-30',
    )
    expect(text(page.html)).toContain(`#${id}`)
    expect(page.html).toMatch(/value="noise" selected/)
    expect(page.html).toContain('value="钻墙"')
    expect(page.html).toMatch(/format=csv/)
    expect(text((await tab.open('/console/reports?q=跳舞')).html)).toContain('没有这样的反映')
    for (const query of [
      'category=x',
      'place=x',
      'assignee=x',
      'from=2026-02-31',
      'page=-1',
      'page=1.5',
      'page=1e99',
    ]) {
      const answer = await tab.open(`/console/reports?${query}`)
      expect([query, answer.status]).toEqual([query, 200])
    }
  })

  it('pages by fifty', async () => {
    const tab = await signIn()
    for (let i = 0; i < 51; i++) file()
    const first = await tab.open('/console/reports?q=钻墙')
    expect(first.html.match(/name="case\[\]"/g)).toHaveLength(50)
    const next = /href="([^"]+page=2)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect((await tab.open(next)).html.match(/name="case\[\]"/g)).toHaveLength(1)
  })

  it('is exported without names, flats and words of reporters', async () => {
    const tab = await signIn()
    file()
    const { bytes } = await tab.download('/console/reports?format=xlsx')
    const rows = await readSheet(bytes)
    expect(rows).toHaveLength(2)
    const csv = new TextDecoder().decode((await tab.download('/console/reports?format=csv')).bytes)
    for (const all of [JSON.stringify(rows), csv]) {
      expect(all).toContain('18街坊86门')
      expect(all).not.toMatch(/王秀英|501|钻墙/)
    }
  })

  it('shows partners and stewards theirs alone', async () => {
    const staff = { id: town.staff('赵主任', 'staff').id, role: 'staff' } as const
    const partner = await signIn('partner', '李师傅')
    const mine = file({ words: '楼道里有人抽烟', place: '28', placeWords: '28街坊501室' })
    const other = file()
    town.tx((w) => granted(assign(w, staff, mine, { assignee: partner.id })))
    const list = text((await partner.open('/console/reports?state=all')).html)
    expect(list).toContain(`#${mine}`)
    expect(list).not.toContain(`#${other}`)
    expect(text((await partner.open('/console/reports?q=钻墙&state=all')).html)).toContain(
      '没有这样的反映',
    )
    expect((await partner.open(`/console/reports/${other}`)).status).toBe(404)
    expect((await partner.open(`/console/reports/${other}/evidence?format=csv`)).status).toBe(404)
    expect(
      (await partner.post(`/console/reports/${other}/close`, { seen: '1', 'close-note': '好' }))
        .status,
    ).toBe(404)
    const page = (await partner.open(`/console/reports/${mine}`)).html
    expect(page).not.toMatch(/抽烟|501|王秀英|查看反映人|\/reveal"/)
    expect((await partner.open('/console/reports/new')).status).toBe(403)
    expect(
      (await partner.post('/console/reports/bulk', { 'case[]': `${mine}:1`, 'assign-to': '1' }))
        .status,
    ).toBe(403)

    const steward = await signIn('steward', '孙楼长')
    town.tx(({ tx }) => updateResident(tx, steward.id, { beat: '18' }))
    expect(text((await steward.open('/console/reports')).html)).toMatch(/共 1 件/)
    expect((await steward.open(`/console/reports/${other}`)).html).toContain('钻墙')
    expect((await steward.open(`/console/reports/${mine}`)).status).toBe(404)
    expect(
      (await steward.post(`/console/reports/${other}/reveal`, { 'reveal-reason': '好奇' })).status,
    ).toBe(403)
  })
})

describe('several cases at once', () => {
  it('are given to one person, each done or refused for its own reason', async () => {
    const tab = await signIn()
    const li = town.staff('李师傅', 'partner')
    const [a, b, c] = [file(), file(), file()]
    const page = await tab.open('/console/reports')
    const boxes = [...page.html.matchAll(/name="case\[\]" value="([^"]+)"/g)].map(
      ([, v]) => v ?? '',
    )
    expect(boxes).toHaveLength(3)
    // Somebody else was faster with one of them.
    town.tx((w) => granted(accept(w, { id: tab.id, role: 'staff' }, b)))
    town.tx((w) => granted(close(w, { id: tab.id, role: 'staff' }, c, { note: '好了' })))
    const done = await tab.post('/console/reports/bulk', {
      'case[]': boxes,
      'assign-to': String(li.id),
      query: 'state=all&q=',
    })
    expect(text(done.html)).toMatch(
      new RegExp(`选了 3 件，派好 1 件.*#${b} .*刚才被别人改过了.*#${c} `),
    )
    expect([a, b, c].map(state)).toEqual(['assigned', 'accepted', 'done'])
    await town.settle()
    expect(town.heard().filter((m) => m.to === '李师傅')).toHaveLength(1)
  })

  it('need a person and at least one case', async () => {
    const tab = await signIn()
    const id = file()
    await tab.open('/console/reports')
    const none = await tab.post('/console/reports/bulk', { 'assign-to': String(tab.id), query: '' })
    expect([none.status, none.html.includes('请先在表里勾选')]).toEqual([422, true])
    const nobody = await tab.post('/console/reports/bulk', {
      'case[]': `${id}:1`,
      'assign-to': '',
      query: '',
    })
    expect([nobody.status, state(id)]).toEqual([422, 'pending'])
    const resident = await tab.post('/console/reports/bulk', {
      'case[]': `${id}:1`,
      'assign-to': String(anna),
      query: '',
    })
    expect([resident.html.includes('派好 0 件'), state(id)]).toEqual([true, 'pending'])
  })
})

describe('a case', () => {
  it('goes from its filing to the archive by its forms', async () => {
    const tab = await signIn()
    const li = town.staff('李师傅', 'partner')
    const id = file()
    await send(tab, id, 'accept')
    await send(tab, id, 'assign', { assignee: String(li.id), note: '师傅下午到' })
    await send(tab, id, 'start')
    await send(tab, id, 'extend', { days: '3', reason: '等配件' })
    await send(tab, id, 'pause', { reason: '请告诉我们哪间在装修' })
    expect(text((await tab.open(`/console/reports/${id}`)).html)).toContain('办理中 · 暂停计时')
    await send(tab, id, 'resume')
    await send(tab, id, 'supervise')
    await send(tab, id, 'note', { internal: '业主姓陈' })
    const done = await send(tab, id, 'close', { note: '501室已停工' })
    expect(done.location).toBe(`/console/reports/${id}?done=1`)
    expect(state(id)).toBe('done')
    await send(tab, id, 'revisit', { result: 'solved', rating: 'basically' })
    await send(tab, id, 'archive')
    expect(state(id)).toBe('archived')
    const page = text((await tab.open(`/console/reports/${id}`)).html)
    expect(page).toMatch(/回访 已解决 · 基本满意/)
    expect(page).toMatch(
      /派单 李师傅 → 已派单 .*延期 3 个工作日.*督办.*办结 → 已办结，待回访 .*已停工.*归档/,
    )
    expect(page).toContain('内部 业主姓陈')
    await town.settle()
    const toAnna = town
      .heard()
      .filter((m) => m.to === '王秀英')
      .map((m) => m.text)
      .join('\n')
    expect(toAnna).toContain('已停工')
    expect(toAnna).not.toMatch(/501|业主姓陈/)
  })

  it('offers only what is possible now', async () => {
    const tab = await signIn()
    const id = file({ category: 'waste', subtype: 'other' })
    const html = (await tab.open(`/console/reports/${id}`)).html
    for (const action of ['accept', 'assign', 'close', 'reject', 'transfer', 'merge', 'join']) {
      expect(html).toContain(`/console/reports/${id}/${action}"`)
    }
    for (const action of [
      'archive',
      'reopen',
      'resume',
      'unmerge',
      'measure',
      'absorb',
      'withdraw',
      'remind',
    ]) {
      expect(html).not.toContain(`/console/reports/${id}/${action}"`)
    }
    expect((await tab.post(`/console/reports/${id}/absorb`, { seen: '1' })).status).toBe(404)
    expect((await tab.post(`/console/reports/${id}/constructor`, { seen: '1' })).status).toBe(404)
    const archived = await tab.post(`/console/reports/${id}/archive`, { seen: '1' })
    expect([archived.status, archived.html.includes('不能归档')]).toEqual([422, true])
  })

  it('that somebody else has changed meanwhile is refused, and what was typed stays', async () => {
    const tab = await signIn()
    const id = file()
    await tab.open(`/console/reports/${id}`)
    town.tx((w) => granted(accept(w, { id: tab.id, role: 'staff' }, id)))
    const stale = await tab.post(`/console/reports/${id}/close`, {
      seen: '1',
      'close-note': '已劝停',
      'close-internal': '去了两次',
    })
    expect(stale.status).toBe(422)
    expect(stale.html).toContain(`#${id} 刚才被别人改过了`)
    expect(stale.html).toMatch(/<details id="step-close" open/)
    expect(stale.html).toContain('>已劝停</textarea>')
    expect(stale.html).toContain('>去了两次</textarea>')
    expect(state(id)).toBe('accepted')
    // The same form again, now with the version that was just shown.
    const seen = /id="step-close"[\s\S]*?name="seen" value="(\d+)"/.exec(stale.html)?.[1] ?? ''
    await tab.post(`/console/reports/${id}/close`, { seen, 'close-note': '已劝停' })
    expect(state(id)).toBe('done')
  })

  it('says beside the field what is missing or wrong', async () => {
    const tab = await signIn()
    const id = file()
    const wrong = async (action: string, fields: Record<string, string>, field: string) => {
      const answer = await send(tab, id, action, fields)
      expect([action, answer.status]).toEqual([action, 422])
      expect(answer.html).toContain(`id="${action}-${field}-error"`)
    }
    await wrong('close', { note: ' ' }, 'note')
    await wrong('assign', { assignee: '' }, 'assignee')
    await wrong('assign', { assignee: String(anna) }, 'assignee')
    await wrong('extend', { days: 'x', reason: '等' }, 'days')
    await wrong('mediate', { kind: 'bribe' }, 'kind')
    await wrong('measure', { level: '63', instrument: 'phone', at: '2026-02-31T10:00' }, 'at')
    await wrong('measure', { level: '63', instrument: 'phone', at: '2027-01-01T10:00' }, 'at')
    await wrong('close', { note: '长'.repeat(501) }, 'note')
    const days = await send(tab, id, 'extend', { days: '99', reason: '等' })
    expect(days.html).toContain('延期请写 1 到 30 个工作日')
    expect(state(id)).toBe('pending')
  })

  it('is merged by number and taken apart again', async () => {
    const tab = await signIn()
    const a = file()
    const b = granted(
      town.tx((w) => fileCase(w, undefined, undefined, { ...NOISE, words: '墙在抖' })),
    ).case.id
    const self = await send(tab, b, 'merge', { into: String(b) })
    expect(self.html).toContain('不能和自己合并')
    await send(tab, b, 'merge', { into: String(a) })
    expect((await tab.open(`/console/reports/${a}`)).html).toContain('墙在抖')
    expect((await tab.open(`/console/reports/${b}`)).html).toContain(`href="/console/reports/${a}"`)
    await send(tab, b, 'unmerge')
    expect([state(a), state(b)]).toEqual(['pending', 'pending'])
  })

  it('is corrected, and joined by somebody who calls', async () => {
    const tab = await signIn()
    const id = file()
    const same = await send(tab, id, 'correct', { kind: 'noise/renovation', place: '' })
    expect(same.html).toContain('没有改动')
    await send(tab, id, 'correct', { kind: 'waste/other', place: '28' })
    expect(caseRow(town, id)).toMatchObject({ category: 'waste', place_id: '28' })
    await send(tab, id, 'join', { words: '我家也闻到了' })
    expect(text((await tab.open(`/console/reports/${id}`)).html)).toMatch(
      /反映人数 2 .*电话或上门.*我家也闻到了/,
    )
  })

  it('may be published only with the consent of those who reported it', async () => {
    const tab = await signIn()
    const no = file()
    expect((await send(tab, no, 'publish')).html).toContain('没有同意公开')
    const yes = file({ consent: true })
    await send(tab, yes, 'publish')
    expect(caseRow(town, yes)).toMatchObject({ public: 0 })
    await send(tab, yes, 'publish')
    expect(caseRow(town, yes)).toMatchObject({ public: 1 })
  })
})

describe('who reported it', () => {
  it('is shown once, to staff with a reason, and written down', async () => {
    const tab = await signIn()
    const id = file()
    const path = `/console/reports/${id}`
    expect((await tab.open(path)).html).not.toContain('王秀英')
    const none = await send(tab, id, 'reveal', { reason: ' ' }).catch(() => undefined)
    expect(none?.status).toBe(422)
    const shown = await tab.post(`${path}/reveal`, { 'reveal-reason': '上门核实' })
    expect(shown.status).toBe(200)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(text(shown.html)).toContain('王秀英 18街坊86门 301')
    expect((await tab.open(path)).html).not.toContain('王秀英')
    const audit = town.rows('audit').filter((a) => a['action'] === 'report.reveal')
    expect(audit.map((a) => [a['resident_id'], a['subject']])).toEqual([[tab.id, `case ${id}`]])
    expect(String(audit[0]?.['details'])).toContain('上门核实')
  })
})

describe('the evidence of a case', () => {
  it('is a ledger with limits, on a page and in files', async () => {
    const tab = await signIn()
    const id = file()
    await town.advance({ hours: 2 })
    await send(tab, id, 'mediate', {
      kind: 'dissuasion',
      how: 'visit',
      party: 'source',
      outcome: 'promised',
      at: '2026-11-24T13:30',
      note: '=HYPERLINK("http://x")',
    })
    await send(tab, id, 'measure', {
      level: '63.5',
      instrument: 'phone',
      minutes: '5',
      point: '86门楼下',
    })
    const early = await send(tab, id, 'mediate', {
      kind: 'notice',
      how: 'letter',
      party: 'business',
      outcome: 'absent',
      at: '2026-11-01T10:00',
      note: '',
    })
    expect(early.html).toContain('时间要在')
    const page = text((await tab.open(`/console/reports/${id}/evidence`)).html)
    expect(page).toMatch(/2026-11-24 13:30 劝阻 刘干事 上门 被反映的一方 答应改/)
    expect(page).toMatch(/63\.5 白天 60 是 手机 5 86门楼下 刘干事/)
    expect(page).not.toContain('王秀英')
    const { bytes } = await tab.download(`/console/reports/${id}/evidence?format=xlsx`)
    const rows = await readSheet(bytes)
    expect(rows).toHaveLength(3)
    expect(rows[2]).toEqual(expect.arrayContaining([63.5, 60, '白天', '超出限值']))
    const csv = new TextDecoder().decode(
      (await tab.download(`/console/reports/${id}/evidence?format=csv`)).bytes,
    )
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
  })
})

describe('pictures', () => {
  it('come with the closing and are shown to those who handle the case alone', async () => {
    const tab = await signIn()
    const partner = await signIn('partner', '李师傅')
    const id = file()
    const blob = new File([new Uint8Array(await plainPhoto('jpeg'))], '../../x.jpg')
    const text = await send(tab, id, 'close', {
      note: '已清运',
      photos: new File(['<script>'], 'x.jpg'),
    })
    expect([text.status, text.html.includes('这个文件不是照片')]).toEqual([422, true])
    expect(text.html).toContain('>已清运</textarea>')
    await send(tab, id, 'close', { note: '已清运', photos: blob })
    const html = (await tab.open(`/console/reports/${id}`)).html
    const src = /<img src="(\/console\/photos\/[0-9a-f]{64})"/.exec(html)?.[1] ?? ''
    const shown = await tab.download(src)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await partner.open(src)).status).toBe(404)
    town.tx((w) => {
      const other = granted(fileCase(w, undefined, undefined, NOISE)).case.id
      granted(assign(w, { id: tab.id, role: 'staff' }, other, { assignee: partner.id }))
      addPhoto(
        w,
        other,
        { hash: src.slice(-64), mime: 'image/jpeg', width: 1, height: 1, bytes: 1 },
        { stage: 'report' },
      )
    })
    expect((await partner.open(src)).status).toBe(200)
    for (const path of [
      '/console/photos/..%2f..%2flinli.sqlite',
      `/console/photos/${'0'.repeat(64)}`,
    ]) {
      expect([path, (await tab.open(path)).status]).toEqual([path, 404])
    }
  })
})

describe('a report by telephone', () => {
  const CALL = {
    'new-kind': 'waste/other',
    'new-place': '28',
    'new-placeWords': '垃圾房后面501室',
    'new-at': '2026-11-24T09:00',
    'new-words': '没人清运',
  }

  it('is filed without a reporter, and the staff group hears of it', async () => {
    const tab = await signIn()
    await tab.open('/console/reports/new')
    const made = await tab.post('/console/reports/new', CALL)
    const id = Number(/reports\/(\d+)/.exec(made.location ?? '')?.[1]) as CaseId
    expect(caseRow(town, id)).toMatchObject({
      category: 'waste',
      place_id: '28',
      place_text: '垃圾房后面',
      state: 'pending',
    })
    const complaint = town.rows('complaint').find((c) => c['case_id'] === id)
    expect(complaint).toMatchObject({ resident_id: null, channel: 'console', words: '没人清运' })
    expect(text((await tab.open(`/console/reports/${id}`)).html)).toMatch(/收到反映 .* 刘干事/)
    await town.settle()
    expect(town.heard().some((m) => m.to === '工作群' && m.text.includes(`#${id}`))).toBe(true)
  })

  it('is asked to be told apart from a like one nearby', async () => {
    const tab = await signIn()
    await tab.open('/console/reports/new')
    const first = await tab.post('/console/reports/new', CALL)
    const id = Number(/reports\/(\d+)/.exec(first.location ?? '')?.[1]) as CaseId
    const asked = await tab.post('/console/reports/new', { ...CALL, 'new-words': '又满了' })
    expect(asked.status).toBe(422)
    expect(asked.html).toContain('附近有相像的反映')
    expect(asked.html).toContain('>又满了</textarea>')
    const other = await tab.post('/console/reports/new', { ...CALL, 'new-same': '999999' })
    expect(other.status).toBe(422)
    const joined = await tab.post('/console/reports/new', { ...CALL, 'new-same': String(id) })
    expect(joined.location).toBe(`/console/reports/${id}?done=1`)
    const apart = await tab.post('/console/reports/new', { ...CALL, 'new-same': 'new' })
    expect(apart.location).toBe(`/console/reports/${id + 1}?done=1`)
    expect(town.rows('complaint').map((c) => c['case_id'])).toEqual([id, id, id + 1])
  })

  it('needs a kind and words', async () => {
    const tab = await signIn()
    await tab.open('/console/reports/new')
    const answer = await tab.post('/console/reports/new', {
      ...CALL,
      'new-kind': '',
      'new-words': '',
    })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('id="new-kind-error"')
    expect(answer.html).toContain('id="new-words-error"')
    expect(answer.html).toContain('value="垃圾房后面501室"')
    const strange = await tab.post('/console/reports/new', {
      ...CALL,
      'new-kind': 'noise/../../x',
      'new-place': "'; drop table",
    })
    expect(strange.html).toContain('id="new-place-error"')
    expect(town.rows('report_case')).toEqual([])
  })
})

describe('hostile words', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '=HYPERLINK("http://x")',
    '../../x',
    `'; drop table complaint; --`,
  ]

  it('stay words, in pages, in searches and in files', async () => {
    const tab = await signIn()
    const ids = HOSTILE.map((words) => file({ words, placeWords: words, place: undefined }))
    for (const [i, words] of HOSTILE.entries()) {
      const id = ids[i] as CaseId
      await send(tab, id, 'note', { note: words, internal: words })
      await send(tab, id, 'transfer', { where: words, note: words })
      const { html } = await tab.open(`/console/reports/${id}`)
      expect(html).not.toContain('<script>alert')
      expect(html).toContain(
        words
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
          .replaceAll('"', '&quot;')
          .replaceAll("'", '&#39;'),
      )
      const found = await tab.open(`/console/reports?state=all&q=${encodeURIComponent(words)}`)
      expect(found.html).toContain(`#${id}`)
      expect(found.html).not.toContain('<script>alert')
    }
    const csv = new TextDecoder().decode(
      (await tab.download('/console/reports?state=all&format=csv')).bytes,
    )
    expect(csv).toContain(`"'=HYPERLINK(`)
    expect(csv).not.toMatch(/(^|,)"?=/m)
    const rows = await readSheet(
      (await tab.download('/console/reports?state=all&format=xlsx')).bytes,
    )
    expect(JSON.stringify(rows)).toContain('=HYPERLINK')
    expect(web.errors).toEqual([])
  })
})
