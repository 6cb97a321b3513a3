import type { Selectable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { LoginSessionTable, SessionId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type LoginSessionRow = Selectable<LoginSessionTable>

/** The session of an account in a puppet: the same own id means that the platform ids still hold. */
export function findSession(
  db: Reader,
  puppet: string,
  selfId: string,
): LoginSessionRow | undefined {
  return db.get(
    q
      .selectFrom('login_session')
      .selectAll()
      .where('puppet', '=', puppet)
      .where('self_id', '=', selfId),
  )
}

export function insertSession(tx: Tx, puppet: string, selfId: string, at: Instant): SessionId {
  return tx.run(q.insertInto('login_session').values({ puppet, self_id: selfId, started_at: at }))
    .lastId as SessionId
}

/** The login before `session` in the same puppet, from which bindings are carried over. */
export function previousSession(db: Reader, session: SessionId): LoginSessionRow | undefined {
  return db.get(
    q
      .selectFrom('login_session as p')
      .innerJoin('login_session as s', 's.puppet', 'p.puppet')
      .selectAll('p')
      .where('s.id', '=', session)
      .whereRef('p.id', '<', 's.id')
      .orderBy('p.id', 'desc')
      .limit(1),
  )
}
