import { phrase, type Say } from '../../content/i18n.ts'
import { parseNickname } from '../../content/places.ts'
import { residentsNamed } from '../../db/queries/resident.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Command, type Ctx, command, type DialogueKind } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { replyPrivately } from '../core/reply.ts'
import { bindStaff, checkPin, confirmByPin, merge, setPin, unmerge } from './people.ts'
import { disableRoom, enableRoom, type RoomGrant, roomCode } from './rooms.ts'

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

/** What asks for the PIN first: it cannot be undone, or it touches what somebody else said. */
type Guarded =
  | { readonly act: 'merge'; readonly from: ResidentId; readonly into: ResidentId }
  | { readonly act: 'unmerge'; readonly id: ResidentId }
  | { readonly act: 'disable'; readonly room: RoomId }

function guarded<Act extends Guarded>(
  name: 'merge' | 'unmerge' | 'disable',
  parse: (text: string) => Act | undefined,
): Command {
  return command({
    name: `staff.${name}`,
    role: 'staff',
    where: ['direct'],
    help: { what: `staff.help.${name}`, example: `staff.example.${name}` },
    parse: (said) => parse(said.text),
    run: (ctx, act) => startDialogue(ctx, pinDialogue, act),
  })
}

export const pinDialogue: DialogueKind = {
  name: 'staff.guarded',
  question: () => phrase('staff.askPin'),
  take: (ctx, state, said) => {
    const digits = /^\D*(\d{4,8})\D*$/.exec(said.text)?.[1]
    if (digits === undefined) return undefined
    const checked = checkPin(ctx, digits)
    if (!checked.ok) return { answer: checked.error, next: state }
    return { answer: perform(ctx, state as Guarded) }
  },
}

function perform(ctx: Ctx, act: Guarded): Say {
  switch (act.act) {
    case 'merge': {
      const result = merge(ctx, ctx.who.id, act.from, act.into)
      return result.ok ? phrase('staff.merged', { from: act.from, into: act.into }) : result.error
    }
    case 'unmerge': {
      const result = unmerge(ctx, ctx.who.id, act.id)
      return result.ok ? phrase('staff.unmerged', { no: act.id }) : result.error
    }
    case 'disable': {
      const room = enabledRooms(ctx.tx).find((r) => r.id === act.room)
      if (room === undefined) return phrase('staff.error.noRoom', { no: act.room })
      disableRoom(ctx, ctx.who.id, act.room)
      return phrase('staff.roomOff', { topic: room.topic })
    }
  }
}

const mergePeople = guarded('merge', (text) => {
  const [, from, into] =
    /^合并居民\s*#?(\d{1,9})\s*(?:到|和|,|，|\s)\s*#?(\d{1,9})$/.exec(text) ?? []
  return from && into
    ? { act: 'merge', from: Number(from) as ResidentId, into: Number(into) as ResidentId }
    : undefined
})

const unmergePeople = guarded('unmerge', (text) => {
  const id = /^拆分居民\s*#?(\d{1,9})$/.exec(text)?.[1]
  return id ? { act: 'unmerge', id: Number(id) as ResidentId } : undefined
})

const disable = guarded('disable', (text) => {
  const id = /^停用群\s*#?(\d{1,9})$/.exec(text)?.[1]
  return id ? { act: 'disable', room: Number(id) as RoomId } : undefined
})

export const staffCommands: readonly Command[] = [
  enable,
  makeRoomCode,
  rooms,
  bind,
  pin,
  confirm,
  people,
  mergePeople,
  unmergePeople,
  disable,
]
