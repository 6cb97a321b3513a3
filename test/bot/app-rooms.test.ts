import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolder, type InProcess, type Settings, startInProcess } from '../support/program.ts'
import { told } from '../support/reminders.ts'

let folder: ReturnType<typeof dataFolder>
let linli: InProcess

beforeEach(async () => {
  folder = dataFolder()
  linli = await startInProcess(folder.path)
})

afterEach(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function restart(settings: Settings = {}): Promise<void> {
  await linli[Symbol.asyncDispose]()
  linli = await startInProcess(folder.path, settings)
}

const newPerson = async (name: string) =>
  (await linli.api.ok<{ id: string }>('POST', '/people', { name })).id

const textsIn = async (topic: string) =>
  (await linli.api.messages(topic)).filter(({ from }) => from === 'bot').map(({ text }) => text)

const enabled = async (topic: string) => (await linli.api.room(topic)).enabled

describe('a newcomer', () => {
  const ALIAS = '18-90-101 赵小新'
  let room: string
  let person: string

  beforeEach(async () => {
    room = (await linli.api.room('18街坊')).id
    person = await newPerson('小新')
    await linli.api.ok('POST', `/rooms/${room}/members`, { person, alias: ALIAS })
  })

  it('is greeted by name when the call is answered, with the privacy notice', async () => {
    expect(await textsIn('18街坊')).toEqual([expect.stringMatching(/^欢迎 赵小新！.*隐私/s)])
  })

  it('is greeted once, whatever happens afterwards', async () => {
    const { api } = linli
    await api.ok('DELETE', `/rooms/${room}/members/${person}`)
    await api.ok('POST', `/rooms/${room}/members`, { person, alias: ALIAS })
    await api.relogin(true)
    await api.say('小新', '大家好', '18街坊')
    await restart()
    await linli.api.relogin(false)
    expect(await textsIn('18街坊')).toHaveLength(1)
  })

  it('is not greeted again under another nickname', async () => {
    await linli.api.ok('POST', `/rooms/${room}/members`, { person, alias: '小新新' })
    expect(await textsIn('18街坊')).toHaveLength(1)
  })

  it('who comes at night is greeted in the morning', async () => {
    const { api } = linli
    await api.set('2026-11-24T23:00:00+08:00')
    const late = await newPerson('夜猫')
    await api.ok('POST', `/rooms/${room}/members`, { person: late })
    expect((await textsIn('18街坊')).filter((text) => text?.includes('夜猫'))).toHaveLength(0)
    await api.set('2026-11-25T07:30:00+08:00')
    expect((await textsIn('18街坊')).filter((text) => text?.includes('夜猫'))).toHaveLength(1)
  })
})

describe('a new group', () => {
  const TOPIC = '28街坊二群'

  beforeEach(async () => {
    const members = [await linli.api.person('张主任'), await linli.api.person('李强')]
    await linli.api.ok('POST', '/rooms', {
      topic: TOPIC,
      members: members.map((person) => ({ person })),
    })
  })

  async function code(group?: string): Promise<string> {
    const [answer] = await linli.api.say('张主任', '群绑定码 28街坊', group)
    return /\d{6}/.exec(answer?.text ?? '')?.[0] ?? ''
  }

  it('gets no answer and no reminder before staff enable it', async () => {
    expect(await enabled(TOPIC)).toBe(false)
    expect(await linli.api.say('李强', '小邻 今天有什么活动', TOPIC)).toEqual([])
    await linli.api.set('2026-11-25T18:00:00+08:00')
    expect(await textsIn(TOPIC)).toEqual([])
  })

  it.each([
    ['in a direct chat', undefined],
    ["in the staff's group", '工作人员'],
  ])('is enabled by a code that the owner got %s', async (_, group) => {
    const { api } = linli
    await api.say('李强', `绑定本群 ${await code(group)}`, TOPIC)
    expect(await enabled(TOPIC)).toBe(true)
    expect(await api.say('李强', '小邻 今天有什么活动', TOPIC)).toHaveLength(1)
    await api.set('2026-11-25T18:00:00+08:00')
    expect(told(await api.messages(TOPIC))).toEqual({ evening: 1, digest: 1, soon: 1 })
    expect((await textsIn(TOPIC)).filter((text) => text?.startsWith('欢迎'))).toEqual([])
  })

  it('has its next newcomer greeted, and nobody who was there', async () => {
    await linli.api.say('李强', `绑定本群 ${await code()}`, TOPIC)
    const { id } = await linli.api.room(TOPIC)
    await linli.api.ok('POST', `/rooms/${id}/members`, { person: await newPerson('小新') })
    expect((await textsIn(TOPIC)).at(-1)).toMatch(/^欢迎 小新！/)
  })

  it('is found again after a new login and a restart', async () => {
    await linli.api.say('李强', `绑定本群 ${await code()}`, TOPIC)
    await linli.api.relogin(true)
    expect(await enabled(TOPIC)).toBe(true)
    await restart()
    expect(await enabled(TOPIC)).toBe(true)
  })

  it('is not enabled by a wrong code or a used one', async () => {
    await linli.api.say('李强', '绑定本群 000000', TOPIC)
    expect(await enabled(TOPIC)).toBe(false)
    const used = await code()
    await linli.api.say('李强', `绑定本群 ${used}`, TOPIC)
    await linli.api.ok('POST', '/rooms', { topic: '三群', members: [{ person: 'p1' }] })
    await linli.api.say('张主任', `绑定本群 ${used}`, '三群')
    expect(await enabled('三群')).toBe(false)
  })

  it('whose code a resident asks for is not given one', async () => {
    const [answer] = await linli.api.say('李强', '群绑定码 28街坊')
    expect(answer?.text).not.toMatch(/\d{6}/)
  })
})

describe('after a new login under new ids', () => {
  it('staff confirm themselves with their PIN before they act', async () => {
    const { api } = linli
    await api.relogin(true)
    expect((await api.say('张主任', '群绑定码 28街坊'))[0]?.text).toMatch('验证')
    expect((await api.say('张主任', '验证 0000'))[0]?.text).toMatch('密码不对')
    expect((await api.say('张主任', '验证 8642'))[0]?.text).toMatch('确认好了')
    expect((await api.say('张主任', '群绑定码 28街坊'))[0]?.text).toMatch(/\d{6}/)
  })
})

it('being thrown out of a group and let in again stops nothing else', async () => {
  const { api } = linli
  const { id } = await api.room('18街坊')
  await api.ok('DELETE', `/rooms/${id}/members/bot`)
  expect(await api.say('王秀英', '小邻 今天有什么活动', '18街坊')).toEqual([])
  await api.set('2026-11-25T08:00:00+08:00')
  expect(told(await api.messages('28街坊'))).toMatchObject({ evening: 1, digest: 1 })
  await api.ok('POST', `/rooms/${id}/members`, { person: 'bot' })
  expect(await api.say('王秀英', '小邻 今天有什么活动', '18街坊')).toHaveLength(1)
})

it('a start that was cut short is finished by the next one', async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
  folder = dataFolder()
  linli = await startInProcess(folder.path, { LINLI_SANDBOX_SEED: 'empty' })
  await newPerson('张主任')
  await restart()
  const { people, rooms } = await linli.api.state()
  expect(people.filter(({ name }) => name === '张主任')).toHaveLength(1)
  expect(people).toHaveLength(17)
  expect(rooms.map((room) => room.enabled)).toEqual([true, true, true, true])
})
