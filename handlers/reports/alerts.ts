import { phrase, type Value } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import type { Ctx } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import type { Emergency } from '../understanding/service.ts'

/** An alert is of use for so long. */
const ALERT_HOURS = 6

/** Tells staff of an emergency at once, whatever the hour. Gives whether it was news to them. */
export function alertStaff(
  ctx: Ctx,
  alert: { readonly kind: Emergency; readonly place: Value; readonly key: string },
): boolean {
  const { tx, now, room, who } = ctx
  const from = room && roomById(tx, room.id)?.topic
  const sent = enabledRooms(tx, 'staff').map((staff) =>
    enqueue(ctx, {
      to: { room: staff.id },
      key: `alert:${alert.key}:${staff.id}`,
      say: phrase('reports.alert', {
        kind: phrase(`reports.danger.${alert.kind}`),
        from: from ?? phrase('reports.inPrivate', { name: who.name }),
        place: alert.place,
      }),
      priority: 'urgent',
      expires: plus(now, { hours: ALERT_HOURS }),
    }),
  )
  return sent.some((id) => id !== undefined)
}
