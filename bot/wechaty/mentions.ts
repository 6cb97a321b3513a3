import type { Incoming } from '../../handlers/core/ports.ts'
import { fold } from '../../handlers/core/text/fold.ts'

export interface MentionContext {
  readonly selfId: string
  readonly senderId: string
  /** The names the bot goes by in this room. */
  readonly names: readonly string[]
  readonly memberIds: ReadonlySet<string>
}

const EVERYBODY = /^(?:所有人|全体成员|all(?![a-z])|everyone)/
const AT = /(?<![a-z0-9._%+-])@ ?(?=[^\s@])/g
const SEPARATED = /^(?:$|[\s,:;!?。.、~…，：；！？])/
/** In a smaller room a mention of all the others is a mention of each. */
const ALL_AT_LEAST = 3

/** A network without a mark for `@所有人` lists every member. */
function listsEverybody(ids: readonly string[], context: MentionContext): boolean {
  if (ids.length < ALL_AT_LEAST) return false
  const listed = new Set([...ids, context.senderId])
  return [...context.memberIds].every((id) => listed.has(id))
}

/**
 * What is plain from the text alone. A name that runs into the next word is neither the bot nor somebody
 * else here: reading it needs the command that may follow.
 */
function fromText(text: string, names: readonly string[]): Incoming['mentions'] {
  const folded = fold(text)
  const known = names.map(fold).filter((name) => name !== '')
  const found = { self: false, all: false, others: false }
  for (const match of folded.matchAll(AT)) {
    const rest = folded.slice(match.index + match[0].length)
    const named = known.filter((name) => rest.startsWith(name))
    if (EVERYBODY.test(rest)) found.all = true
    else if (named.some((name) => SEPARATED.test(rest.slice(name.length)))) found.self = true
    else if (named.length === 0) found.others = true
  }
  return found
}

/** Who is mentioned: by the network's list where it gives one, else by the text. */
export function readMentions(
  text: string,
  ids: readonly string[],
  context: MentionContext,
): Incoming['mentions'] {
  const said = fromText(text, context.names)
  if (ids.length === 0) return said
  if (said.all || listsEverybody(ids, context)) return { self: said.self, all: true, others: false }
  return {
    self: ids.includes(context.selfId),
    all: false,
    others: ids.some((id) => id !== context.selfId),
  }
}
