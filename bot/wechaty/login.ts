import type { Wechaty } from 'wechaty'
import type { Puppet } from 'wechaty-puppet'
import type { SessionId } from '../../db/schema.ts'
import type { Rooms } from './rooms.ts'

/** One stay of the account on the network, from login to logout. Platform ids hold for it alone. */
export interface Login {
  readonly bot: Wechaty
  readonly puppet: Puppet
  readonly session: SessionId
  readonly self: { readonly platformId: string; readonly name: string }
  readonly rooms: Rooms
}
