import type { Where } from '../../handlers/surveys/answers/understand.ts'

/** How cases of answers are written down. */

export type Meaning =
  | number
  | string
  | readonly number[]
  | { readonly kind: 'unsure' | 'skip' | 'stop' | 'ask' | 'ignore' }
  | { readonly between: readonly number[] }

export interface Case {
  readonly topic: 'plain' | 'dialect' | 'negation' | 'correction' | 'lookalike'
  readonly item: string
  readonly where: Where
  readonly text: string
  readonly meaning: Meaning
}

export const ASK = { kind: 'ask' } as const
export const IGNORE = { kind: 'ignore' } as const
export const UNSURE = { kind: 'unsure' } as const
export const SKIP = { kind: 'skip' } as const
export const STOP = { kind: 'stop' } as const

/** One case for each text; texts are parted by `|`. */
export function cases(
  topic: Case['topic'],
  id: string,
  where: Where | 'both',
  rows: readonly (readonly [Meaning, string])[],
): readonly Case[] {
  const places: readonly Where[] = where === 'both' ? ['group', 'direct'] : [where]
  return rows.flatMap(([meaning, texts]) =>
    texts
      .split('|')
      .flatMap((text) => places.map((each) => ({ topic, item: id, where: each, text, meaning }))),
  )
}
