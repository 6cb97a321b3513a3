import type { Calendar } from '../../content/calendar.ts'
import type { PlainKey, Say } from '../../content/i18n.ts'
import type { Content, Lang } from '../../content/schema.ts'
import type { Instant, LocalDate, Zone } from '../../content/time.ts'
import type { ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
import type { Reader, Tx } from '../../db/store.ts'
import type { Incoming, KeptFile, Picture, Random } from './ports.ts'

/** What lasts as long as the process. */
export interface Env {
  /** What holds now: look at it where it is needed, since staff may change settings at any time. */
  readonly content: Content
  /** What the content files say. */
  readonly files: Content
  /** Names of changed settings that do not go with the files any more. */
  readonly unfit: readonly string[]
  /** Takes up settings that were changed. */
  readonly refresh: () => void
  readonly calendar: Calendar
  readonly zone: Zone
  readonly random: Random
  /** Every command of every feature, in the order in which they are tried. */
  readonly commands: readonly Command[]
}

/** What a use case needs: one transaction, one moment. */
export interface Work {
  readonly tx: Tx
  readonly now: Instant
  readonly env: Env
}

/** What a question needs. */
export interface Look {
  readonly db: Reader
  readonly now: Instant
  readonly env: Env
}

export interface Speaker {
  readonly id: ResidentId
  readonly name: string
  /** What the speaker may do now: a role that is not confirmed in this login session counts as `resident`. */
  readonly role: Role
  /** The role on record, confirmed or not. */
  readonly record: Role
}

export interface Place {
  readonly id: RoomId
  readonly kind: 'residents' | 'staff'
  readonly place: string | undefined
}

/** What a command or a dialogue works with while one message is handled. */
export interface Ctx extends Work {
  readonly session: SessionId
  readonly who: Speaker
  readonly where: Where
  /** Missing in a direct chat. */
  readonly room: Place | undefined
  readonly lang: Lang
  readonly message: Incoming
  /** Recognises the message: what is sent because of it carries this in its own key. */
  readonly key: string
  /** Keeps nothing by which the words of the message could be found out later; for anonymous answers. */
  forget(): void
  /** What the group says next may be about what it is told now. */
  opensTopic(): void
}

/** What was said to Linli, the address taken off. */
export interface Said {
  /** For matching: normalised, simplified, lower case. */
  readonly text: string
  /** As it was written, tidied only: for names, places and reasons that are kept. */
  readonly words: string
  /** What it quotes of Linli's own. */
  readonly quoted?: string
  /** Whether it was meant for Linli: in a direct chat, or with its name, a mention or a quote. */
  readonly addressed: boolean
}

export type Where = 'room' | 'staff-room' | 'direct' | 'unknown-room'

/** What a command answers: something to say, or silence. */
export type Answer = Say | undefined

export interface CommandHelp {
  /** What it does, in a few words. */
  readonly what: PlainKey
  /** How it is said. */
  readonly example: PlainKey
}

/** What a command asks for: the least role, or any who handle cases. A partner is no steward, nor a steward a partner. */
export type Needed = Role | 'handler'

interface CommandSpec<Argument> {
  readonly name: string
  readonly role: Needed
  readonly where: readonly Where[]
  /** Where it is answered even when Linli is not addressed; its grammar must be unmistakable there. */
  readonly bare?: readonly Where[]
  /** It outranks a dialogue: where the speaker has one open, it is heard without Linli's name too. */
  readonly first?: boolean
  /** Missing for commands that help does not show. */
  readonly help?: CommandHelp
  /** `undefined` when the words are not for this command. */
  parse(said: Said, env: Env, today: LocalDate): Argument | undefined
  run(ctx: Ctx, argument: Argument): Answer
}

export interface Command extends Omit<CommandSpec<unknown>, 'parse' | 'run'> {
  /** The command, ready to run, when the words are for it. */
  match(said: Said, env: Env, today: LocalDate): ((ctx: Ctx) => Answer) | undefined
}

/** Closes over the type of the argument, so that commands of all kinds stand in one list. */
export function command<Argument>(spec: CommandSpec<Argument>): Command {
  const { parse, run, ...rest } = spec
  return {
    ...rest,
    match: (said, env, today) => {
      const argument = parse(said, env, today)
      return argument === undefined ? undefined : (ctx) => run(ctx, argument)
    },
  }
}

/** A conversation of several messages. Its state is a row; the kind is found by name. */
export interface DialogueKind {
  readonly name: string
  /** Asked at first, and again, at most twice, when what was said is no answer. */
  question(ctx: Ctx, state: unknown): Say
  /**
   * Takes what was said: `undefined` means it is no answer. `said` may be several messages in one,
   * when an answer came in pieces. In a group it may be talk with neighbours, unless `said.addressed`:
   * only what cannot be anything else is an answer then.
   */
  take(ctx: Ctx, state: unknown, said: Said): DialogueStep | undefined
  /** What is plainly a matter of its own takes its place, rather than that the question is asked again. */
  readonly yields?: true
  /** Whether the words so plainly answer what is asked that they are heard as that before they are heard as a command. */
  first?(look: Look, state: unknown, said: Said): boolean
  /**
   * Takes a picture: one that comes while the dialogue is open, or one that the speaker sent here shortly before.
   * `undefined` when the state has no use for it. Without this function nobody's pictures are fetched for the dialogue.
   */
  takeImage?(ctx: Ctx, state: unknown, image: Picture): DialogueStep | undefined
}

export interface DialogueStep {
  readonly answer: Answer
  /** The state to go on with; the dialogue is over without one. */
  readonly next?: unknown
}

/** Work that falls due by the clock. Each unit runs in a transaction of its own. */
export interface Job {
  readonly name: string
  /** It keeps the ledgers in order and says nothing to anybody. */
  readonly silent?: true
  /** When there is something to do next: now or earlier when something waits. */
  nextDueAt(look: Look): Instant | undefined
  /** What is due, in order; each unit is an opaque name for `run`. */
  due(look: Look): readonly string[]
  run(work: Work, unit: string): void
}

/** Hears the ordinary talk of a group of residents, for the few words in it that are meant for a feature. */
export interface Listener {
  readonly name: string
  /**
   * What to do about the words; `undefined`, as a rule, leaves them alone and stores nothing. `drift` is the weight of
   * all that was said in the group since Linli last opened a topic there.
   */
  hear(look: Look, room: Place, said: Said, drift: number): ((ctx: Ctx) => Answer) | undefined
  /** How far words lead away from that topic. */
  weigh?(look: Look, room: Place, said: Said): number
  /** What cannot wait for anything: it is heard before an open question of the speaker's. */
  alarm?(look: Look, said: Said): ((ctx: Ctx) => Answer) | undefined
  /** What is so plainly a matter of its own that a dialogue which yields makes room for it. */
  interrupts?(look: Look, said: Said): ((ctx: Ctx) => Answer) | undefined
  /** The same for what somebody says to Linli alone that is no command. */
  hearPrivately?(
    look: Look,
    said: Said,
    /** Missing for somebody who is not known yet. */
    speaker: Speaker | undefined,
  ): ((ctx: Ctx) => Answer) | undefined
}

/** Takes pictures where the speaker has no dialogue open that takes them. */
export interface PhotoTaker {
  /** Whether a picture that the speaker sends here now is for this feature. Only then it is fetched and kept. */
  wants(look: Look, from: Sender): boolean
  take(ctx: Ctx, image: Picture): Answer
  /** The same with a document. Without this function nobody's documents are fetched for the feature. */
  takeFile?(ctx: Ctx, file: KeptFile): Answer
}

/** Who sends a picture, and where. */
export type Sender = Pick<Ctx, 'who' | 'where' | 'room'>

export interface Feature {
  readonly name: string
  readonly commands: readonly Command[]
  readonly dialogues: readonly DialogueKind[]
  readonly listeners?: readonly Listener[]
  readonly photos?: readonly PhotoTaker[]
  readonly jobs: readonly Job[]
}

/** Where a message goes: a room, or a resident's direct chat. */
export type Recipient =
  | { readonly room: RoomId; readonly resident?: never }
  | { readonly resident: ResidentId; readonly room?: never }
