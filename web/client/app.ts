import { type Api, Failed } from './api.ts'
import { toast } from './dom.ts'
import type { Key, Model } from './state.ts'
import { strings } from './strings.ts'
import type { Calendar } from './time.ts'

/** What the parts of the page share. */
export interface App {
  readonly api: Api
  readonly model: Model
  readonly calendar: Calendar
  /** Shows what the model holds now. */
  render(): void
  /** Brings the list or the open conversation to the front where there is room for one only. */
  show(pane: 'list' | 'chat'): void
  /** Whether somebody can see that conversation now. */
  isSeen(key: Key): boolean
}

/** Waits for `work`; says so when the server refuses it or is away, and gives undefined. */
export async function attempt<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    // What `fetch` rejects with when there is no connection is a TypeError.
    if (!(error instanceof Failed || error instanceof TypeError)) throw error
    toast(strings.errors.failed(error.message))
    return undefined
  }
}
