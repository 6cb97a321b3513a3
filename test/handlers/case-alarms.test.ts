import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plus } from '../../content/time.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { alarmsDue, nextAlarm, raiseAlarms } from '../../handlers/reports/alarms.ts'
import { resume } from '../../handlers/reports/cases.ts'
import {
  assign,
  close,
  extend,
  pause,
  reopen,
  respond,
  start,
} from '../../handlers/reports/service.ts'
import { type CaseTown, caseRow, caseTown, granted } from '../support/case-town.ts'

/** Raises everything that is due now; gives what it was. */
function tick(t: CaseTown): string[] {
  return alarmsDue(t.look()).flatMap((id) =>
    t.town.tx((w) => raiseAlarms(w, id)).map(({ alarm }) => alarm.once),
  )
}

describe('what falls due', () => {
  it('is raised once: 催办, 督办, escalation', () => {
    using t = caseTown()
    const id = t.file()
    const heard: [string, string[]][] = []
    for (let hours = 0; hours < 24 * 12; hours++) {
      const said = tick(t)
      if (said.length > 0) heard.push([t.town.now().slice(5, 13), said])
      t.town.jump(plus(t.town.now(), { hours: 1 }))
    }
    expect(heard).toEqual([
      ['11-24T10', ['remind:respond:0']],
      ['11-25T10', ['supervise:respond:0']],
      ['11-26T10', ['escalate:respond:0']],
      ['11-30T10', ['remind:resolve:0.0']],
      ['12-01T10', ['supervise:resolve:0.0']],
      ['12-02T10', ['escalate:resolve:0.0']],
    ])
    expect(caseRow(t.town, id)).toMatchObject({
      state: 'pending',
      alarm_at: null,
      supervised_at: '2026-11-25T10:00:00.000Z',
    })
    expect(nextAlarm(t.look())).toBeUndefined()
  })

  it('is told when it comes, and of what is handled it is not raised', () => {
    using t = caseTown()
    const id = t.file()
    expect(nextAlarm(t.look())).toBe('2026-11-24T09:30:00.000Z')
    t.town.tx((w) => granted(respond(w, t.staff, id)))
    expect(nextAlarm(t.look())).toBe('2026-11-30T09:30:00.000Z')
    t.town.tx((w) => granted(close(w, t.staff, id, { note: '已处理' })))
    expect(nextAlarm(t.look())).toBeUndefined()
    t.town.jump('2026-12-20T12:00:00+08:00')
    expect(tick(t)).toEqual([])
  })

  it('is the heaviest alone after a long stop', () => {
    using t = caseTown()
    const id = t.file()
    t.town.jump('2026-12-20T12:00:00+08:00')
    expect(tick(t)).toEqual(['escalate:respond:0', 'escalate:resolve:0.0'])
    expect(tick(t)).toEqual([])
    expect(caseRow(t.town, id)['supervised_at']).toBe(t.town.now())
  })

  it('comes anew for a new date, after an extension and after a reopening', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(respond(w, t.staff, id)))
    t.town.jump('2026-12-01T17:30:00+08:00')
    expect(tick(t)).toEqual(['supervise:resolve:0.0'])
    t.town.tx((w) => granted(extend(w, t.staff, id, { days: 3, reason: '等配件' })))
    expect(tick(t)).toEqual([])
    t.town.jump('2026-12-04T17:30:00+08:00')
    expect(tick(t)).toEqual(['supervise:resolve:0.1'])
    t.town.tx((w) => granted(close(w, t.staff, id, { note: '已处理' })))
    t.town.tx((w) => granted(reopen(w, t.anna, id, '又坏了')))
    t.town.jump('2026-12-11T17:30:00+08:00')
    expect(tick(t)).toEqual(['supervise:resolve:1.0'])
  })
})

describe('any handling, looked at whenever', () => {
  it('raises each deadline once at most, none while it waits, and pauses only give time', () => {
    const step = fc.record({
      hours: fc.integer({ min: 0, max: 60 }),
      what: fc.constantFrom('tick', 'pause', 'resume', 'extend', 'assign', 'start', 'respond'),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        using t = caseTown()
        const id = t.file()
        const said: string[] = []
        let due = String(caseRow(t.town, id)['due_resolve_at'])
        for (const { hours, what } of steps) {
          t.town.jump(plus(t.town.now(), { hours }))
          if (what === 'tick') said.push(...tick(t))
          else handle(t, id, what)
          const now = String(caseRow(t.town, id)['due_resolve_at'])
          expect(now >= due).toBe(true)
          due = now
          const waits = t.town.rows('case_pause').some((p) => p['to_at'] === null)
          if (waits) expect(nextAlarm(t.look())).toBeUndefined()
        }
        expect(new Set(said).size).toBe(said.length)
        const written = t.town.rows('case_event').map((e) => String(e['once']))
        expect(written.filter((once) => once.includes(':'))).toEqual(said)
      }),
      { numRuns: 40 },
    )
  })
})

function handle(t: CaseTown, id: CaseId, what: string): void {
  t.town.tx((w) => {
    if (what === 'pause') return pause(w, t.staff, id, '等回复')
    if (what === 'resume') return resume(w, t.staff, id)
    if (what === 'extend') return extend(w, t.staff, id, { days: 2, reason: '等配件' })
    if (what === 'assign') return assign(w, t.staff, id, { assignee: t.partner.id })
    if (what === 'start') return start(w, t.staff, id)
    return respond(w, t.staff, id)
  })
}
