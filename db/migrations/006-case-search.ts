import type { Migration } from './index.ts'

/** A piece of text by which a case is found: `kind` of them are told apart in the rowid, `id * 8 + kind`. */
interface Piece {
  readonly kind: number
  readonly table: string
  /** An SQL expression over a row's columns; NULL where there is nothing to find. */
  readonly text: (row: string) => string
  readonly columns: string
}

const PIECES: readonly Piece[] = [
  { kind: 0, table: 'report_case', text: (r) => `${r}.place_text`, columns: 'place_text' },
  {
    kind: 1,
    table: 'complaint',
    text: (r) => `concat_ws(char(10), ${r}.words, ${r}.effect, ${r}.prior, ${r}.place_words)`,
    columns: 'words, effect, prior, place_words',
  },
  { kind: 2, table: 'complaint_addition', text: (r) => `${r}.words`, columns: 'words' },
  { kind: 3, table: 'case_event', text: (r) => `${r}.public_note`, columns: 'public_note' },
  { kind: 4, table: 'case_event', text: (r) => `${r}.internal_note`, columns: 'internal_note' },
  { kind: 5, table: 'mediation', text: (r) => `${r}.note`, columns: 'note' },
]

function put(row: string, { kind, text }: Piece): string {
  return `INSERT INTO case_search (rowid, text) SELECT ${row}.id * 8 + ${kind}, ${text(row)} WHERE ${text(row)} IS NOT NULL;`
}

/** The index is told what it has to forget: it keeps no text of its own. */
function drop(row: string, { kind, text }: Piece): string {
  return `INSERT INTO case_search (case_search, rowid, text) SELECT 'delete', ${row}.id * 8 + ${kind}, ${text(row)} WHERE ${text(row)} IS NOT NULL;`
}

function triggers(piece: Piece): string {
  const { kind, table, columns } = piece
  const name = `case_search_${kind}`
  return `
CREATE TRIGGER ${name}_new AFTER INSERT ON ${table}
BEGIN ${put('new', piece)} END;
CREATE TRIGGER ${name}_gone AFTER DELETE ON ${table}
BEGIN ${drop('old', piece)} END;
CREATE TRIGGER ${name}_changed AFTER UPDATE OF ${columns} ON ${table}
BEGIN ${drop('old', piece)} ${put('new', piece)} END;
`
}

export const caseSearch: Migration = {
  name: '006-case-search',
  sql: `
-- all words by which staff find a case; the index below refers to them and stores none
CREATE VIEW case_text (rowid, text) AS
${PIECES.map((p) => `SELECT t.id * 8 + ${p.kind}, ${p.text('t')} FROM ${p.table} t WHERE ${p.text('t')} IS NOT NULL`).join('\nUNION ALL ')};
CREATE VIRTUAL TABLE case_search USING fts5 (text, content = 'case_text', tokenize = 'trigram');
-- what is erased is not left lying in the index
INSERT INTO case_search (case_search, rank) VALUES ('secure-delete', 1);
INSERT INTO case_search (case_search) VALUES ('rebuild');
${PIECES.map(triggers).join('')}`,
}
