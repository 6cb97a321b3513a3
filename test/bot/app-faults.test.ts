import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { q } from '../../db/store.ts'
import { dataFolder, type InProcess, startInProcess } from '../support/program.ts'
import { ALL_ONCE, GROUPS, toldEverywhere } from '../support/reminders.ts'

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

const QUESTION = '小邻 今天有什么活动'
const ALL_DAY = '2026-11-25T18:00:00+08:00'

function outboxStates(priority: 'reply' | 'notice'): readonly string[] {
  const rows = q.selectFrom('outbox').select('state').where('priority', '=', priority)
  return [...new Set(linli.app.db.all(rows).map(({ state }) => state))]
}

describe('a network that goes wrong', () => {
  it('without ids for what is sent changes nothing', async () => {
    const { api } = linli
    await api.faults({ loseMessageIds: true })
    expect(await api.say('王秀英', QUESTION, '18街坊')).toHaveLength(1)
    await api.set(ALL_DAY)
    expect(await toldEverywhere(api)).toEqual(ALL_ONCE)
    expect(outboxStates('notice')).toEqual(['sent'])
  })

  it('and drops what is sent is not noticed, and nothing is sent again', async () => {
    const { api } = linli
    await api.faults({ dropSends: 1 })
    expect(await api.say('王秀英', QUESTION, '18街坊')).toEqual([])
    await api.set('2026-11-25T07:00:00+08:00')
    await api.faults({ dropSends: 0 })
    await api.set(ALL_DAY)
    for (const { evening, digest, soon } of (await toldEverywhere(api)).groups) {
      expect({ evening, digest, soon }).toEqual({ evening: 0, digest: 1, soon: 1 })
    }
    expect(linli.logs.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('and takes nothing is given up on after a while, the next message is not', async () => {
    const { api } = linli
    await api.faults({ throwOnSend: 1 })
    expect(await api.say('王秀英', QUESTION, '18街坊')).toEqual([])
    await api.advance('PT1H')
    expect(outboxStates('reply')).toEqual(['failed'])
    await api.faults({ throwOnSend: 0 })
    expect(await api.say('王秀英', QUESTION, '18街坊')).toHaveLength(1)
  })

  it('and is right again within a minute answers late', async () => {
    const { api } = linli
    await api.faults({ throwOnSend: 1 })
    await api.say('王秀英', QUESTION, '18街坊')
    await api.faults({ throwOnSend: 0 })
    expect((await api.advance('PT1M')).sent).toHaveLength(1)
    expect((await api.advance('PT1H')).sent).toEqual([])
  })

  it('in every way at once neither stops nor repeats anything', async () => {
    const { api } = linli
    await api.faults({
      dropSends: 0.2,
      duplicateEvents: 0.5,
      loseMessageIds: true,
      truncateAtColonNewline: true,
      textMentionsOnly: true,
      throwOnSend: 0.2,
    })
    for (const day of ['25', '26', '27']) {
      await Promise.all([
        api.say('王秀英', QUESTION, '18街坊'),
        api.say('李强', QUESTION, '28街坊'),
        api.say('马长林', QUESTION),
        api.relogin(day === '26'),
        api.advance('PT5H'),
      ])
      await api.set(`2026-11-${day}T12:00:00+08:00`)
    }
    await api.faults({ dropSends: 0, throwOnSend: 0, duplicateEvents: 0 })
    for (const group of GROUPS) {
      const told = (await api.messages(group)).filter(({ from, at }) => from === 'bot' && at)
      const texts = told.map(({ text = '' }) => text).filter((text) => !text.startsWith('今天（'))
      expect(new Set(texts).size).toBe(texts.length)
    }
    expect(await api.say('王秀英', QUESTION, '18街坊')).toHaveLength(1)
  })
})
