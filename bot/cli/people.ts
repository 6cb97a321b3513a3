import type { PlaceId } from '../../content/map.ts'
import { parseNickname } from '../../content/places.ts'
import type { Env } from '../../handlers/core/feature.ts'
import { addStaff } from '../../handlers/staff/people.ts'
import { roomCode } from '../../handlers/staff/rooms.ts'
import { CliError, say, withWork } from './context.ts'

const STAFF_ROLES = ['owner', 'staff', 'steward', 'partner'] as const

function placeOf(env: Env, words: string): PlaceId {
  const { place } = parseNickname(words, env.content.community)
  if (place === undefined)
    throw new CliError(`There is no place "${words}" on the community's map.`)
  return place
}

/** `linli staff add` */
export function addStaffMember(options: { name: string; role: string; place?: string }): void {
  const role = STAFF_ROLES.find((r) => r === options.role)
  if (role === undefined) {
    throw new CliError(`--role must be one of ${STAFF_ROLES.join(', ')}, not "${options.role}".`)
  }
  const name = options.name.trim()
  if (name === '') throw new CliError('--name must not be empty.')
  const { code, hours } = withWork((work) => {
    const beat = options.place === undefined ? {} : { beat: placeOf(work.env, options.place) }
    const added = addStaff(work, undefined, { name, role, ...beat })
    return { code: added.code, hours: work.env.content.chat.codeHours }
  })
  say(`${name} is registered as ${role}.`)
  say(
    `Within ${hours} hours, ${name} says this to the bot in a direct chat, once:\n\n  绑定身份 ${code}\n`,
  )
}

/** `linli room code` */
export function addRoomCode(options: { place?: string; staff?: boolean }): void {
  const { code, hours } = withWork((work) => ({
    code: roomCode(work, undefined, {
      kind: options.staff === true ? 'staff' : 'residents',
      ...(options.place === undefined ? {} : { place: placeOf(work.env, options.place) }),
    }),
    hours: work.env.content.chat.codeHours,
  }))
  say(`Within ${hours} hours, say this in the group, once:\n\n  绑定本群 ${code}\n`)
}
