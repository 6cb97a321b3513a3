import { phrase } from '../../content/i18n.ts'
import { complaintsOf } from '../../db/queries/complaint.ts'
import { type Answer, type Command, command } from '../core/feature.ts'
import { findCase } from './cases.ts'
import { standingFor } from './combine.ts'
import { placeNames } from './draft.ts'
import { standing } from './filing.ts'
import { aboutOne, caseCommand } from './staff-grammar.ts'
import { reveal } from './view.ts'

const VERBS = '反映人|查反映人|看反映人'

/** `反映人 1042 要上门核实`: who reported it, to staff alone, with a reason, and written down. */
const who = caseCommand({
  name: 'reveal',
  role: 'staff',
  verbs: VERBS,
  where: ['direct'],
  run: (ctx, { id: number, words }): Answer => {
    const id = standingFor(ctx.tx, number)
    const found = findCase(ctx.tx, id)
    if (!found.ok) return found.error
    if (words === '') return phrase('reports.refuse.reason')
    const reports = standing(complaintsOf(ctx.tx, id))
    if (reports.length === 0) return phrase('cases.reveal.none', { no: id })
    return [
      phrase('cases.reveal.title', { no: id, n: reports.length }),
      ...reports.flatMap((report) => {
        const identity = reveal(ctx, ctx.who, report.id, words)
        if (!identity.ok) return [identity.error]
        const { name, home, room } = identity.value
        if (name === undefined) return [phrase('cases.reveal.unknown')]
        return home === undefined
          ? [phrase('cases.reveal.name', { name })]
          : [
              phrase('cases.reveal.home', {
                name,
                home: placeNames(ctx.env, home),
                room: room ?? '',
              }),
            ]
      }),
      phrase('cases.reveal.end'),
    ]
  },
})

/** In the staff's group it is not said, and who asks there is told where. */
const elsewhere = command({
  name: 'cases.revealElsewhere',
  role: 'staff',
  where: ['staff-room'],
  bare: ['staff-room'],
  parse: aboutOne(VERBS),
  run: () => phrase('core.sayPrivately'),
})

export const revealCommands: readonly Command[] = [who, elsewhere]
