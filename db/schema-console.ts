import type { Instant } from '../content/time.ts'
import type { ResidentId } from './ids.ts'

/** The tables of signing in to the console. */

/** A browser that is signed in, or on its way. Only the hash of its token is kept. */
export interface WebSessionTable {
  token_hash: string
  resident_id: ResidentId
  /** `code`: the PIN was right, the code is still to come. */
  stage: 'code' | 'in'
  /** What every form of this session carries. */
  csrf: string
  created_at: Instant
  expires_at: Instant
}

/** One-time codes for signing in; a hash names the person it is for. */
export interface SignInCodeTable {
  hash: string
  resident_id: ResidentId
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

/** A setting that staff have changed in the console or in chat; the others are as the content files say. */
export interface ChangedSettingTable {
  name: string
  /** JSON, as the schema of the setting wants it. */
  value: string
  changed_at: Instant
  /** Missing for what was changed before it was noted by whom. */
  resident_id: ResidentId | null
}

export interface ConsoleTables {
  changed_setting: ChangedSettingTable
  web_session: WebSessionTable
  sign_in_code: SignInCodeTable
}
