import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openMemoryDb } from '../../db/open.ts'

/** Writes the schema of a migrated database into `db/schema.sql`, where people read it. */
using db = openMemoryDb()
writeFileSync(join(import.meta.dirname, '../../db/schema.sql'), db.schemaText())
