import type { PlaceId } from '../../content/map.ts'
import { parseNickname } from '../../content/places.ts'
import { systemNow } from '../../content/time.ts'
import { openBeside } from '../../db/open.ts'
import { codeAtMachine, type NoCode } from '../../handlers/console/codes.ts'
import type { Env } from '../../handlers/core/feature.ts'
import { addStaff } from '../../handlers/staff/people.ts'
import { roomCode } from '../../handlers/staff/rooms.ts'
import { CliError, envOf, say, settings, withWork } from './context.ts'

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

/**
 * `linli staff sign-in`: also while Linli runs, since that is when it is needed; a row of its own in the database and
 * one in the audit log are all that it writes.
 */
export function printSignInCode(options: { name: string }): void {
  const { config } = settings()
  const env = envOf(config)
  using db = openBeside(config.data)
  const now = systemNow()
  const result = db.tx((tx) => codeAtMachine({ tx, now, real: now, env }, options.name))
  if (!result.ok) throw new CliError(noCode(options.name, result.error))
  const { name, code, hours } = result.value
  say(
    `Within ${hours} hours, ${name} signs in at ${config.publicUrl ?? ''}/console/ with the PIN and, once, this code:\n\n  ${code}\n`,
  )
}

function noCode(name: string, refusal: NoCode): string {
  switch (refusal.why) {
    case 'nobody':
      return `Nobody of staff is called "${name}". linli staff add registers somebody.`
    case 'several':
      return `Several of staff are called "${name}"; their names must differ to be told apart here.`
    case 'noPin':
      return `${name} has no PIN yet. It is set in the direct chat with the bot: 设密码 and four to eight digits.`
    case 'locked':
      return `Too many codes were made for ${name} without one being used. Try again in ${refusal.minutes} min.`
  }
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
