import type { Generated } from 'kysely'
import type { Instant } from '../content/time.ts'
import type { Flag, Id, Key, OutboxId, ResidentId, RoomId } from './ids.ts'

/** The tables of survey rounds and their answers. */

export type RoundId = Id<'round'>
export type RespondentId = Id<'respondent'>

export const ROUND_STATES = [
  'planned',
  'open',
  'closing',
  'closed',
  'published',
  'cancelled',
] as const
export type RoundState = (typeof ROUND_STATES)[number]

export type Channel = 'group' | 'direct' | 'paper'

/** One round of a survey. What it asks and whom is frozen when it opens. */
export interface RoundTable {
  id: Key<RoundId>
  survey: string
  version: number
  /** JSON: the questionnaire as it was at opening. */
  questionnaire: string
  /** The month of an automatic round, or what tells apart those that staff start. */
  period: string
  state: RoundState
  /** One question a day, or all at once. */
  mode: 'daily' | 'all'
  unit: 'person' | 'household'
  anonymous: Flag
  /** Makes keys from residents in an anonymous round; destroyed at closing. */
  hash_key: string | null
  /** People or households in the community, for the finite-population correction. */
  population: number | null
  invited: number
  /** People of the groups in which a question was put, each once. */
  reached: Generated<number>
  opens_at: Instant
  closes_at: Instant
  /** Until then people who have started may finish. */
  final_at: Instant
  closed_at: Instant | null
  published_at: Instant | null
  /** What the community does about it, in the words of staff; until the publication, as it was last previewed. */
  measures: string | null
  /** Whether 一般 counts as satisfied, as at the opening; null in rounds older than this column. */
  count_middle: Flag | null
  /** People who answered uninvited, counted when the key of an anonymous round was destroyed; null where rows tell. */
  beside: Generated<number | null>
  /** Confirms what staff were asked about, until then: to call the round off while it runs, to publish it once closed. */
  confirm_code: Generated<string | null>
  confirm_until_at: Generated<Instant | null>
  created_at: Instant
}

export interface RoundRoomTable {
  round_id: RoundId
  room_id: RoomId
  invited: number
  tally_at: Instant | null
  tally_count: number
  /** Of those invited, counted when the key of an anonymous round was destroyed; null where rows tell. */
  answered: Generated<number | null>
}

/** Somebody who has moved while a round by household runs, and goes on answering it for the home that was left. */
export interface RoundHomeTable {
  round_id: RoundId
  person: string
  key: string
}

export interface RoundAskTable {
  id: Key<number>
  round_id: RoundId
  room_id: RoomId
  kind: 'question' | 'reminder'
  /** Index of the item, -1 for all at once; the number of a reminder. */
  item: number
  at: Instant
  outbox_id: OutboxId | null
}

export interface RespondentTable {
  id: Key<RespondentId>
  round_id: RoundId
  /** Unique in the round: `r:` resident, `h:` household, `p:` paper number, `a:` keyed hash. */
  key: string
  /** Null in an anonymous round and on paper. */
  resident_id: ResidentId | null
  room_id: RoomId | null
  /** Place id of the building, or empty. */
  building: string
  channel: Channel
  state: 'started' | 'completed' | 'refused'
  /** 0 while another respondent stands for the same person. */
  counted: Generated<Flag>
  /** 0 for people who joined after the opening or are in no group that was asked, and for paper. */
  invited: Generated<Flag>
  /** Items answered, 不清楚 among them, and knowledge items answered rightly. */
  answered: Generated<number>
  rights: Generated<number>
  /** In an anonymous round, midnight of the day. */
  started_at: Instant
  updated_at: Instant
}

export interface AnswerTable {
  respondent_id: RespondentId
  /** Index of the item in the frozen questionnaire. */
  item: number
  round_id: RoundId
  building: string
  counted: Flag
  kind: 'answer' | 'unsure' | 'skip'
  /** JSON of the value; empty for the other kinds. */
  value: string
  /** Whether a knowledge item was answered rightly. */
  right: Flag | null
  channel: Channel
  at: Instant
}

export interface AnswerHistoryTable {
  id: Key<number>
  respondent_id: RespondentId
  item: number
  kind: AnswerTable['kind']
  value: string
  channel: Channel
  at: Instant
  replaced_at: Instant
}

export interface SurveyTables {
  round: RoundTable
  round_room: RoundRoomTable
  round_ask: RoundAskTable
  round_home: RoundHomeTable
  respondent: RespondentTable
  answer: AnswerTable
  answer_history: AnswerHistoryTable
}
