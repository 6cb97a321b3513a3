import { expect, it } from 'vitest'
import { openTown } from '../support/town.ts'

it('leaves the opening of rounds to the staff unless the content says otherwise', async () => {
  using town = openTown({ now: '2026-12-04T12:00:00+08:00' })
  await town.goTo('2026-12-20T12:00:00+08:00')
  expect(town.rows('round')).toEqual([])
})
