import { scryptSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { plus } from '../../content/time.ts'
import { codeAtMachine, firstSignIn } from '../../handlers/console/codes.ts'
import { openConsole, PIN } from '../support/console.ts'
import { openTown, type Town } from '../support/town.ts'

vi.mock('node:crypto', { spy: true })

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(() => {
  town = openTown()
  web = openConsole(town)
})
afterEach(() => town[Symbol.dispose]())

function staffWithPin(name = '刘干事', role: 'staff' | 'owner' = 'staff') {
  const who = town.staff(name, role)
  web.givePin(who.id)
  return who
}

const codeFor = (name: string) =>
  /(\d{6})/.exec(town.heard().findLast((m) => m.to === name)?.text ?? '')?.[1] ?? ''

describe('signing in', () => {
  it('takes the PIN, then the code that comes in the direct chat', async () => {
    staffWithPin()
    const tab = web.browser()
    expect((await tab.open('/console/today')).html).toContain('登录工作台')
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    await town.settle()
    const code = codeFor('刘干事')
    expect((await tab.open('/console/sign-in')).html).toContain('验证码')
    const done = await tab.post('/console/sign-in/code', { code })
    expect(done.location).toBe('/console/today')
    expect((await tab.open('/console/today')).html).toContain('刘干事，您好')
  })

  it('gives no page between PIN and code', async () => {
    staffWithPin()
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect((await tab.open('/console/today')).html).not.toContain('您好')
  })

  it('takes a code once, and only from whom it was sent to', async () => {
    staffWithPin()
    staffWithPin('王干事')
    const [tab, other] = [web.browser(), web.browser()]
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    await town.settle()
    const code = codeFor('刘干事')
    await other.post('/console/sign-in', { name: '王干事', pin: PIN })
    expect((await other.post('/console/sign-in/code', { code })).status).toBe(422)
    expect((await tab.post('/console/sign-in/code', { code })).status).toBe(303)
    const again = web.browser()
    await again.post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect((await again.post('/console/sign-in/code', { code })).status).toBe(422)
  })

  it('refuses a code after ten minutes', async () => {
    staffWithPin()
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    await town.settle()
    const code = codeFor('刘干事')
    await town.advance({ minutes: 11 })
    expect((await tab.post('/console/sign-in/code', { code })).html).toContain('重新输入')
  })

  it('takes the printed code at the first start, and prints none afterwards', async () => {
    staffWithPin('张主任', 'owner')
    const first = town.tx((work) => firstSignIn({ ...work, real: work.now }))
    expect(first?.name).toBe('张主任')
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '张主任', pin: PIN })
    await tab.post('/console/sign-in/code', { code: first?.code ?? '' })
    expect((await tab.open('/console/today')).html).toContain('张主任，您好')
    expect(town.tx((work) => firstSignIn({ ...work, real: work.now }))).toBeUndefined()
  })

  it('ends with the session, with the role, and everywhere at once', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.advance({ hours: 13 })
    expect((await tab.open('/console/today')).html).toContain('登录工作台')

    const demoted = await web.signIn('王干事', 'staff')
    town.sql(`UPDATE resident SET role = 'resident' WHERE name = '王干事'`)
    expect((await demoted.open('/console/today')).html).toContain('登录工作台')

    const left = await web.signIn('赵干事', 'staff')
    await left.post('/console/sign-out/everywhere', {})
    expect((await left.open('/console/today')).html).toContain('登录工作台')
    expect(town.rows('web_session').filter((s) => s['resident_id'] === left.id)).toEqual([])
  })

  it('keeps no token and no code in the clear', async () => {
    staffWithPin()
    const tab = web.browser()
    const answer = await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    const token = /linli_session=([0-9a-f]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
    expect(token).toHaveLength(32)
    const kept = JSON.stringify([town.rows('web_session'), town.rows('sign_in_code')])
    expect(kept).not.toContain(token)
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  })
})

describe('guessing', () => {
  it('is locked out after five wrong PINs, and the owner hears of it', async () => {
    staffWithPin('张主任', 'owner')
    staffWithPin()
    const tab = web.browser()
    for (let i = 0; i < 5; i++) {
      const answer = await tab.post('/console/sign-in', { name: '刘干事', pin: '0000' })
      expect(answer.html).toContain('姓名或 PIN 码不对')
    }
    await town.settle()
    expect(town.heard().map((m) => [m.to, m.text.includes('刘干事')])).toEqual([['张主任', true]])
    const right = await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect(right.html).toContain('15 分钟后再试')
    await town.advance({ minutes: 16 })
    expect((await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })).status).toBe(303)
  })

  it('tells nobody which names exist', async () => {
    staffWithPin()
    const tab = web.browser()
    const wrongName = await tab.post('/console/sign-in', { name: '没有这人', pin: PIN })
    const wrongPin = await tab.post('/console/sign-in', { name: '刘干事', pin: '0000' })
    expect(wrongName.html.replace('没有这人', '')).toBe(wrongPin.html.replace('刘干事', ''))
  })

  it('asks for the PIN again after five wrong codes', async () => {
    staffWithPin()
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    await town.settle()
    const code = codeFor('刘干事')
    const wrong = code === '000000' ? '000001' : '000000'
    for (let left = 4; left > 0; left--) {
      const answer = await tab.post('/console/sign-in/code', { code: wrong })
      expect(answer.html).toContain(`还可以试 ${left} 次`)
    }
    expect((await tab.post('/console/sign-in/code', { code: wrong })).html).toContain('重新输入')
    expect((await tab.post('/console/sign-in/code', { code })).status).toBe(422)
  })
})

describe('breaking in', () => {
  it('gets no more tries for codes by entering the PIN again, and no more codes to hit', async () => {
    staffWithPin('张主任', 'owner')
    staffWithPin()
    const asked: string[] = []
    for (let i = 0; i < 5; i++) {
      const tab = web.browser()
      await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
      await town.settle()
      asked.push(codeFor('刘干事'))
      const earlier = asked.at(-2) ?? '000000'
      const answer = await tab.post('/console/sign-in/code', { code: earlier })
      expect(answer.status).toBe(422)
    }
    await town.settle()
    expect(town.heard().filter((m) => m.to === '张主任')).toHaveLength(1)
    const locked = await web.browser().post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect(locked.html).toContain('15 分钟后再试')
    expect(town.rows('sign_in_code')).toHaveLength(1)
  })

  it('locks the same however many guesses come at once', async () => {
    staffWithPin()
    const tabs = Array.from({ length: 12 }, () => web.browser())
    const answers = await Promise.all(
      tabs.map((tab) => tab.post('/console/sign-in', { name: '刘干事', pin: '0000' })),
    )
    expect(answers.filter((a) => a.html.includes('姓名或 PIN 码不对'))).toHaveLength(5)
    expect(answers.filter((a) => a.html.includes('15 分钟后再试'))).toHaveLength(7)
  })

  it('ends for a while after a hundred wrong names, and the owner hears of it once', async () => {
    staffWithPin('张主任', 'owner')
    const tab = web.browser()
    town.sql("INSERT INTO attempt VALUES ('console-all', 99, NULL)")
    await tab.post('/console/sign-in', { name: '某人', pin: '0000' })
    await town.settle()
    expect(town.heard().map((m) => m.to)).toEqual(['张主任'])
    const answer = await tab.post('/console/sign-in', { name: '张主任', pin: PIN })
    expect(answer.html).toContain('15 分钟后再试')
    await town.advance({ minutes: 16 })
    expect((await tab.post('/console/sign-in', { name: '张主任', pin: PIN })).status).toBe(303)
  })

  it.each([
    ['nobody has that name', '没有这人'],
    ['somebody has it who has no PIN', '李干事'],
    ['somebody has it with a PIN', '刘干事'],
  ])('costs a look at one PIN when %s', async (_, name) => {
    town.staff('李干事', 'staff')
    staffWithPin()
    vi.mocked(scryptSync).mockClear()
    await web.browser().post('/console/sign-in', { name, pin: '0000' })
    expect(scryptSync).toHaveBeenCalledOnce()
  })

  it("does not work with somebody else's PIN", async () => {
    staffWithPin()
    const other = town.staff('王干事', 'staff')
    web.givePin(other.id, '4682')
    const answer = await web.browser().post('/console/sign-in', { name: '刘干事', pin: '4682' })
    expect(answer.status).toBe(422)
  })
})

describe('a code printed at the machine', () => {
  const printed = (name: string) =>
    town.tx((work) => codeAtMachine({ ...work, real: work.now }, name))

  it('lets in whoever knows the PIN, once, and the newest alone', async () => {
    const who = staffWithPin()
    const [first, second] = [printed('刘干事'), printed('刘干事')]
    if (!first.ok || !second.ok) throw new Error('no code')
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect((await tab.post('/console/sign-in/code', { code: first.value.code })).status).toBe(422)
    expect((await tab.post('/console/sign-in/code', { code: second.value.code })).status).toBe(303)
    const again = web.browser()
    await again.post('/console/sign-in', { name: '刘干事', pin: PIN })
    expect((await again.post('/console/sign-in/code', { code: second.value.code })).status).toBe(
      422,
    )
    const noted = town.rows('audit').filter((row) => row['action'] === 'console.printed-code')
    expect(noted.map((row) => row['subject'])).toEqual(Array(2).fill(`resident ${who.id}`))
  })

  it('is refused to strangers, without a PIN, for a name of two, and after five unused ones', () => {
    town.staff('李干事', 'staff')
    staffWithPin('王干事')
    staffWithPin('王干事', 'owner')
    staffWithPin()
    for (let i = 0; i < 5; i++) expect(printed('刘干事').ok).toBe(true)
    const whys = ['没有这人', '李干事', '王干事', '刘干事'].map((name) => {
      const result = printed(name)
      return result.ok ? 'printed' : result.error.why
    })
    expect(whys).toEqual(['nobody', 'noPin', 'several', 'locked'])
  })
})

describe('a session', () => {
  it("goes by real time, however far the sandbox's clock is moved", async () => {
    let real = town.now()
    web = openConsole(town, {}, { real: { now: () => real } })
    const tab = await web.signIn('刘干事', 'staff')
    await town.advance({ days: 2 })
    expect((await tab.open('/console/today')).html).toContain('您好')
    real = plus(real, { hours: 13 })
    expect((await tab.open('/console/today')).html).toContain('登录工作台')
  })

  it('that is new gets its code in time, though the clock was moved before', async () => {
    const real = town.now()
    web = openConsole(town, {}, { real: { now: () => real } })
    await town.advance({ days: 2 })
    town.heard()
    const tab = await web.signIn('刘干事', 'staff')
    expect((await tab.open('/console/today')).html).toContain('您好')
  })
})

describe('forms from elsewhere', () => {
  it.each([
    ['without an origin', { origin: '' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
  ])('are refused %s', async (_, headers) => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post('/console/sign-out/everywhere', {}, headers)
    expect(answer.status).toBe(403)
    expect((await tab.open('/console/today')).html).toContain('您好')
  })

  it('are refused without the secret of the session', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post('/console/sign-out', { csrf: 'f'.repeat(32) })
    expect([answer.status, answer.html.includes('表单已过期')]).toEqual([403, true])
    expect((await tab.open('/console/today')).html).toContain('您好')
    expect((await tab.post('/console/sign-out', {})).status).toBe(303)
    expect((await tab.open('/console/today')).html).toContain('登录工作台')
  })

  it('lead back to no other site', async () => {
    staffWithPin('张主任', 'owner')
    const first = town.tx((work) => firstSignIn({ ...work, real: work.now }))
    const tab = web.browser()
    await tab.post('/console/sign-in', { name: '张主任', pin: PIN })
    const answer = await tab.post('/console/sign-in/code?back=//evil.example', {
      code: first?.code ?? '',
    })
    expect(answer.location).toBe('/console/today')
  })
})

describe('behind a proxy', () => {
  const PUBLIC = 'https://linli.example.org'
  const post = (headers: Record<string, string>) => {
    web = openConsole(town, {}, {}, PUBLIC)
    staffWithPin()
    return web.browser().post('/console/sign-in', { name: '刘干事', pin: PIN }, headers)
  }

  it.each([
    ['that passes the name on', { host: 'linli.example.org', origin: PUBLIC }],
    ['that does not', { host: '127.0.0.1:8080', origin: PUBLIC }],
  ])(
    'forms come from the public address, and the cookie never travels in the clear: %s',
    async (_, headers) => {
      const answer = await post(headers)
      expect(answer.status).toBe(303)
      expect(answer.headers.get('set-cookie')).toMatch(/linli_session=.*; Secure/)
    },
  )

  it('the machine itself is still served without encryption', async () => {
    const answer = await post({})
    expect(answer.status).toBe(303)
    expect(answer.headers.get('set-cookie')).not.toMatch(/Secure/)
  })

  it.each([
    { host: 'linli.example.org', origin: 'https://evil.example' },
    { host: 'linli.example.org', origin: 'http://linli.example.org:81' },
    { host: 'evil.example', origin: PUBLIC },
  ])('other names are refused: %s', async (headers) => {
    expect((await post(headers)).status).toBe(403)
  })
})
