import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import { type Api, dataFolder, type InProcess, NOON, startInProcess } from '../support/program.ts'
import { ALL_ONCE, toldEverywhere } from '../support/reminders.ts'

let folder: ReturnType<typeof dataFolder>
let linli: InProcess

beforeEach(() => {
  folder = dataFolder()
})

afterEach(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function start(now: string = NOON): Promise<Api> {
  linli = await startInProcess(folder.path, { LINLI_SANDBOX_NOW: now })
  return linli.api
}

/** The row of every reminder and digest of the day: whether it was sent, else why not. */
function ledger(): readonly string[] {
  using db = openReadOnly(databasePath(folder.path))
  const reminders = db.all(
    q
      .selectFrom('reminder as r')
      .innerJoin('occurrence as o', 'o.id', 'r.occurrence_id')
      .select(['r.offset as what', 'r.state', 'r.reason'])
      .where('o.programme', '=', 'weekly-lesson')
      .where('o.held_on', '=', '2026-11-25' as never),
  )
  const digests = db.all(
    q
      .selectFrom('digest')
      .select((e) => [e.val('digest').as('what'), 'state', 'reason'])
      .where('on_date', '=', '2026-11-25' as never),
  )
  const rows = [...reminders, ...digests].map(
    ({ what, state, reason }) => `${what} ${state}${reason === null ? '' : ` ${reason}`}`,
  )
  return [...new Set(rows)].sort()
}

const ALL_DAY = '2026-11-25T18:00:00+08:00'

describe('the reminders of a 每周一课', () => {
  it('come once each in the groups of residents and not in that of the staff', async () => {
    const api = await start()
    const { sent } = await api.set(ALL_DAY)
    expect(await toldEverywhere(api)).toEqual(ALL_ONCE)
    expect(sent.map(({ at }) => at)).toEqual(sent.map(({ at }) => at).sort())
    expect(ledger()).toEqual(['1d19:00 sent', '30m sent', 'digest sent'])
    expect(linli.logs.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('come once each where every event arrives twice', async () => {
    const api = await start()
    await api.faults({ duplicateEvents: 1 })
    expect(await api.say('王秀英', '小邻 今天有什么活动', '18街坊')).toHaveLength(1)
    await api.set(ALL_DAY)
    expect(await toldEverywhere(api)).toEqual(ALL_ONCE)
  })

  it('come once each where sends fail now and then', async () => {
    const api = await start()
    await api.faults({ throwOnSend: 0.3 })
    await api.set(ALL_DAY)
    const gaveUp = (await outbox()).filter(({ state }) => state === 'failed').length
    const { groups } = await toldEverywhere(api)
    const counts = groups.flatMap((group) => Object.values(group))
    expect(counts.every((n) => n <= 1)).toBe(true)
    expect(counts.filter((n) => n === 1).length + gaveUp).toBe(9)
    expect((await outbox()).every(({ state }) => state === 'sent' || state === 'failed')).toBe(true)
  })

  it.each([
    ['with new ids', true],
    ['with the same ids', false],
  ])('come once each around new logins %s', async (_, newIds) => {
    const api = await start()
    await api.relogin(newIds)
    for (const moment of ['24T18:59:59', '24T19:00:00', '25T08:00:00', '25T14:29:59']) {
      await api.set(`2026-11-${moment}+08:00`)
      await api.relogin(newIds)
    }
    await api.set(ALL_DAY)
    await api.relogin(newIds)
    expect(await toldEverywhere(api)).toEqual(ALL_ONCE)
  })

  it('come once each around restarts', async () => {
    await start()
    for (const moment of [
      '24T18:59:59',
      '24T19:00:00',
      '25T08:00:00',
      '25T14:30:00',
      '25T18:00:00',
    ]) {
      await linli.api.set(`2026-11-${moment}+08:00`)
      await linli[Symbol.asyncDispose]()
      await start()
    }
    expect(await toldEverywhere(linli.api)).toEqual(ALL_ONCE)
  })
})

async function outbox() {
  using db = openReadOnly(databasePath(folder.path))
  return db.all(q.selectFrom('outbox').select(['state', 'reason']))
}

describe('a stop over the time of a reminder', () => {
  async function stoppedUntil(moment: string): Promise<Api> {
    await start()
    await linli[Symbol.asyncDispose]()
    return start(`2026-11-${moment}+08:00`)
  }
  const each = (told: object) => [told, told, told]

  it.each([
    [
      'in the evening',
      '24T20:00:00',
      { evening: 1, digest: 0, soon: 0 },
      ['1d19:00 sent', '30m planned'],
    ],
    [
      'in the morning',
      '25T08:30:00',
      { evening: 0, digest: 1, soon: 0 },
      ['1d19:00 skipped in_digest', '30m planned', 'digest sent'],
    ],
    [
      'just before it starts',
      '25T14:45:00',
      { evening: 0, digest: 0, soon: 1 },
      ['1d19:00 skipped late', '30m sent', 'digest skipped late'],
    ],
    [
      'when it is over',
      '25T17:00:00',
      { evening: 0, digest: 0, soon: 0 },
      ['1d19:00 skipped late', '30m skipped late', 'digest skipped late'],
    ],
  ])('that ends %s sends what is of use late and notes why the rest is not', async (...row) => {
    const [, moment, told, rows] = row
    const api = await stoppedUntil(moment)
    expect(await toldEverywhere(api)).toEqual({ groups: each(told), staff: 0 })
    expect(ledger()).toEqual(rows)
  })

  it('that ends at night waits for the morning', async () => {
    const api = await stoppedUntil('24T23:00:00')
    expect(await toldEverywhere(api)).toMatchObject({ groups: each({ evening: 0 }) })
    await api.set(ALL_DAY)
    expect(await toldEverywhere(api)).toMatchObject({ groups: each({ digest: 1, soon: 1 }) })
  })
})
