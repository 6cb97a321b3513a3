import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { residentById } from '../../db/queries/resident.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Command, type Ctx, command, type DialogueKind } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
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
    run: (ctx, act) => {
      const what = describe(ctx, act)
      return what.ok ? startDialogue(ctx, pinDialogue, act) : what.error
    },
  })
}

export const pinDialogue: DialogueKind = {
  name: 'staff.guarded',
  question: (ctx, state) => {
    const what = describe(ctx, state as Guarded)
    return what.ok ? [what.value, phrase('staff.askPin')] : what.error
  },
  take: (ctx, state, said) => {
    const digits = /^\D*(\d{4,8})\D*$/.exec(said.text)?.[1]
    if (digits === undefined) return undefined
    const checked = checkPin(ctx, digits)
    if (!checked.ok) return { answer: checked.error, next: state }
    return { answer: perform(ctx, state as Guarded) }
  },
}

/** What is about to happen, in words; a refusal when it cannot. */
function describe(ctx: Ctx, act: Guarded): Result<Phrase, Phrase> {
  switch (act.act) {
    case 'merge': {
      const [from, into] = [residentById(ctx.tx, act.from), residentById(ctx.tx, act.into)]
      if (from === undefined) return err(phrase('staff.error.noResident', { no: act.from }))
      if (into === undefined) return err(phrase('staff.error.noResident', { no: act.into }))
      if (from.id === into.id || from.role !== 'resident') {
        return err(phrase('staff.error.cannotMerge'))
      }
      return ok(phrase('staff.aboutMerge', { from: from.name, into: into.name }))
    }
    case 'unmerge': {
      const row = residentById(ctx.tx, act.id)
      if (row === undefined || row.merged_into === null) {
        return err(phrase('staff.error.notMerged', { no: act.id }))
      }
      return ok(phrase('staff.aboutUnmerge', { name: row.name }))
    }
    case 'disable': {
      const room = enabledRooms(ctx.tx).find((r) => r.id === act.room)
      if (room === undefined) return err(phrase('staff.error.noRoom', { no: act.room }))
      return ok(phrase('staff.aboutDisable', { topic: room.topic }))
    }
  }
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
