import { phrase, type Say } from '../../content/i18n.ts'
import { parseNickname } from '../../content/places.ts'
import { residentsNamed } from '../../db/queries/resident.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { RoomId } from '../../db/schema.ts'
import { type Command, type Ctx, command } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { replyPrivately } from '../core/reply.ts'
import { guardedCommands } from './guarded.ts'
import { addStaff, bindStaff, confirmByPin, setPin } from './people.ts'
import { enableRoom, type RoomGrant, roomCode, tagRoom } from './rooms.ts'

const PRIVATE = ['staff-room', 'direct'] as const

/** The one command that an unknown group may give. Success is said in the group, a refusal to the speaker alone. */
const enable = command({
  name: 'staff.enable',
  role: 'resident',
  where: ['unknown-room', 'room', 'staff-room'],
  bare: ['unknown-room', 'room', 'staff-room'],
  parse: (said) => /^绑定本群\s*:?\s*(\d{6})$/.exec(said.text)?.[1],
  run: (ctx, code) => {
    const result = enableRoom(ctx, code)
    if (!result.ok) {
      replyPrivately(ctx, result.error)
      return undefined
    }
    const room = result.value
    const { botName: bot } = ctx.env.content.community
    enqueue(ctx, {
      to: { room: room.id },
      key: `reply:${ctx.key}`,
      say:
        room.kind === 'staff'
          ? phrase('staff.roomReadyStaff')
          : [phrase('staff.roomReady', { bot }), phrase('privacy.short', { bot })],
      priority: 'reply',
    })
    return undefined
  },
})

const makeRoomCode = command({
  name: 'staff.roomCode',
  role: 'staff',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'staff.help.roomCode', example: 'staff.example.roomCode' },
  parse: (said) => /^(?:群绑定码|建群码)\s*(.*)$/.exec(said.text)?.[1]?.trim(),
  run: (ctx, words) => {
    const grant = readGrant(ctx, words)
    if (grant === undefined) return phrase('staff.error.whichPlace', { place: words })
    const code = roomCode(ctx, ctx.who.id, grant)
    return phrase('staff.roomCode', { code, hours: ctx.env.content.chat.codeHours })
  },
})

function readGrant(ctx: Ctx, words: string): RoomGrant | undefined {
  if (words === '') return { kind: 'residents' }
  if (/^工作人员/.test(words)) return { kind: 'staff' }
  const again = /^群\s*(\d{1,6})$/.exec(words)?.[1]
  if (again !== undefined) {
    const room = roomById(ctx.tx, Number(again) as RoomId)
    return room && { kind: room.kind, room: room.id }
  }
  const { place } = parseNickname(words, ctx.env.content.community)
  return place === undefined ? undefined : { kind: 'residents', place }
}

const rooms = command({
  name: 'staff.rooms',
  role: 'staff',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'staff.help.rooms', example: 'staff.example.rooms' },
  parse: (said) => (/^(?:群列表|群组)$/.test(said.text) ? true : undefined),
  run: (ctx) => {
    const list = enabledRooms(ctx.tx)
    return [
      phrase('staff.rooms', { n: list.length }),
      ...list.map((r) => phrase('staff.room', { no: r.id, topic: r.topic })),
    ]
  },
})

/** `群标签 3 老年 健步`: programmes for a tag's audience reach the group from now on. */
const tag = command({
  name: 'staff.tags',
  role: 'staff',
  where: PRIVATE,
  bare: PRIVATE,
  help: { what: 'staff.help.tags', example: 'staff.example.tags' },
  parse: (said) => {
    const [, no, tags] = /^群标签\s*#?(\d{1,9})\s*(.*)$/.exec(said.text) ?? []
    return no === undefined ? undefined : { id: Number(no) as RoomId, tags: tags ?? '' }
  },
  run: (ctx, { id, tags }) => {
    const room = enabledRooms(ctx.tx).find((r) => r.id === id)
    if (room === undefined) return phrase('staff.error.noRoom', { no: id })
    const list = [...new Set(tags.split(/[\s,、;]+/u).filter((t) => t !== ''))]
    tagRoom(ctx, ctx.who.id, room, list)
    return phrase('staff.tagged', { topic: room.topic, tags: list.join('、') || '—' })
  },
})

const bind = command({
  name: 'staff.bind',
  role: 'resident',
  where: ['direct'],
  parse: (said) => /^绑定(?:身份)?\s*:?\s*(\d{6})$/.exec(said.text)?.[1],
  run: (ctx, code) => {
    const result = bindStaff(ctx, code)
    if (!result.ok) return result.error
    const role = phrase(`role.${result.value.role}`)
    return [
      phrase('staff.bound', { name: result.value.name, role }),
      ...(result.value.pin_hash === null ? [phrase('staff.setPinPlease')] : []),
    ]
  },
})

const pin = command({
  name: 'staff.pin',
  role: 'resident',
  where: ['direct'],
  parse: (said) => /^设置?(?:密码|pin)\s*:?\s*(\d{4,8})$/.exec(said.text)?.[1],
  run: (ctx, digits) => {
    const result = setPin(ctx, digits)
    return result.ok ? phrase('staff.pinSet') : result.error
  },
})

const confirm = command({
  name: 'staff.confirm',
  role: 'resident',
  where: ['direct'],
  parse: (said) => /^验证\s*:?\s*(\d{4,8})$/.exec(said.text)?.[1],
  run: (ctx, digits) => {
    const result = confirmByPin(ctx, digits)
    return result.ok ? phrase('staff.confirmed', { name: result.value.name }) : result.error
  },
})

const STAFF_WORDS = {
  管理员: 'owner',
  工作人员: 'staff',
  楼栋长: 'steward',
  网格员: 'steward',
  物业: 'partner',
} as const

/** `添加工作人员 李敏 楼栋长 18街坊`: the code is shown to the owner alone. */
const add = command({
  name: 'staff.add',
  role: 'owner',
  where: ['direct'],
  help: { what: 'staff.help.add', example: 'staff.example.add' },
  parse: (said) => {
    const [verb = '', , word, place] = said.text.split(' ')
    if (!/^添加(?:工作)?人员$/.test(verb)) return undefined
    return { name: said.words.trim().split(/\s+/u)[1], word, place }
  },
  run: (ctx, { name, word, place }) => {
    const role = Object.entries(STAFF_WORDS).find(([w]) => w === word)?.[1]
    if (name === undefined || role === undefined) return phrase('staff.error.addHow')
    const beat =
      place === undefined ? undefined : parseNickname(place, ctx.env.content.community).place
    if (place !== undefined && beat === undefined) return phrase('staff.error.noPlace', { place })
    const { code } = addStaff(ctx, ctx.who.id, {
      name,
      role,
      ...(beat === undefined ? {} : { beat }),
    })
    const { codeHours: hours } = ctx.env.content.chat
    return phrase('staff.added', { name, role: phrase(`role.${role}`), code, hours })
  },
})

const people = command({
  name: 'staff.people',
  role: 'staff',
  where: ['direct'],
  help: { what: 'staff.help.people', example: 'staff.example.people' },
  parse: (said) => /^(?:查居民|找居民)\s*(\S.{0,20})$/.exec(said.text)?.[1]?.trim(),
  run: (ctx, name): Say => {
    audit(ctx.tx, { at: ctx.now, by: ctx.who.id, action: 'resident.search', subject: 'resident' })
    const found = residentsNamed(ctx.tx, name, 10)
    if (found.length === 0) return phrase('staff.nobody', { name })
    return found.map((r) =>
      r.merged_into === null
        ? phrase('staff.person', { no: r.id, name: r.name, role: phrase(`role.${r.role}`) })
        : phrase('staff.personMerged', { no: r.id, name: r.name, into: r.merged_into }),
    )
  },
})

export const staffCommands: readonly Command[] = [
  enable,
  makeRoomCode,
  rooms,
  tag,
  bind,
  pin,
  confirm,
  people,
  add,
  ...guardedCommands,
]
