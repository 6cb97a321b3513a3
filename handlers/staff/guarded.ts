import { phrase, type Say } from '../../content/i18n.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Command, type Ctx, command, type DialogueKind } from '../core/feature.ts'
import { checkPin, merge, unmerge } from './people.ts'
import { disableRoom } from './rooms.ts'

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

export const guardedCommands: readonly Command[] = [mergePeople, unmergePeople, disable]
