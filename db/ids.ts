import type { Generated } from 'kysely'

export type Id<Name extends string> = number & { readonly __id: Name }
export type ResidentId = Id<'resident'>
export type RoomId = Id<'room'>
export type SessionId = Id<'login_session'>
export type OccurrenceId = Id<'occurrence'>
export type OutboxId = Id<'outbox'>
export type ReminderId = Id<'reminder'>
export type IncidentId = Id<'incident'>
export type AuditId = Id<'audit'>
export type DialogueId = Id<'dialogue'>

/** SQLite has no booleans. */
export type Flag = 0 | 1
export type Key<T> = Generated<T>
