import { describe, expect, it } from 'vitest'
import { createSandboxClock } from '../../bot/sandbox/clock.ts'
import { createFaults } from '../../bot/sandbox/faults.ts'
import { type Instant, plus, toInstant } from '../../content/time.ts'

const noon = toInstant('2026-11-23T12:00:00+08:00')
const one = plus(noon, { hours: 1 })
const two = plus(noon, { hours: 2 })

function machine(time: Instant) {
  return { time, saved: [] as Instant[] }
}

function clockOn(m: ReturnType<typeof machine>, from: { start?: Instant; last?: Instant } = {}) {
  const save = (now: Instant) => void m.saved.push(now)
  return createSandboxClock({ ...from, save, system: () => m.time })
}

describe('a sandbox clock with a start', () => {
  it('stands still while the machine goes on', () => {
    const m = machine(noon)
    const clock = clockOn(m, { start: one })
    m.time = two
    expect(clock.now()).toBe(one)
    expect(clock.running).toBe(false)
  })

  it('begins at the latest moment the network has known', () => {
    expect(clockOn(machine(noon), { start: one, last: two }).now()).toBe(two)
    expect(clockOn(machine(noon), { start: two, last: one }).now()).toBe(two)
  })

  it('moves and saves when set, forward only', () => {
    const m = machine(noon)
    const clock = clockOn(m, { start: one })
    clock.set(two)
    clock.set(two)
    clock.set(one)
    expect(clock.now()).toBe(two)
    expect(m.saved).toEqual([two])
  })
})

describe('a sandbox clock without a start', () => {
  it('runs with the machine', () => {
    const m = machine(noon)
    const clock = clockOn(m)
    m.time = one
    expect(clock.now()).toBe(one)
    expect(clock.running).toBe(true)
  })

  it('keeps its lead over the machine once set', () => {
    const m = machine(noon)
    const clock = clockOn(m)
    clock.set(one)
    m.time = plus(noon, { minutes: 5 })
    expect(clock.now()).toBe(plus(one, { minutes: 5 }))
  })

  it('never shows less than the network has known', () => {
    const m = machine(noon)
    const clock = clockOn(m, { last: one })
    expect(clock.now()).toBe(one)
    m.time = plus(noon, { minutes: -30 })
    expect(clock.now()).toBe(one)
  })

  it('is not held back by a last moment that is past', () => {
    expect(clockOn(machine(two), { last: one }).now()).toBe(two)
  })
})

describe('the faults of the network', () => {
  it('are off at first and change one by one', () => {
    const faults = createFaults({ int: () => 0 })
    expect(faults.now.dropSends).toBe(0)
    faults.set({ dropSends: 0.5 })
    expect(faults.set({ loseMessageIds: true })).toMatchObject({
      dropSends: 0.5,
      loseMessageIds: true,
      throwOnSend: 0,
    })
  })

  it('strike below their rate, never at 0 and always at 1', () => {
    const rolling = (share: number) => createFaults({ int: (below) => Math.floor(share * below) })
    expect(rolling(0).chance(0)).toBe(false)
    expect(rolling(0.25).chance(0.3)).toBe(true)
    expect(rolling(0.35).chance(0.3)).toBe(false)
    expect(rolling(0.999999).chance(1)).toBe(true)
  })
})
