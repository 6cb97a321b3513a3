import type { Migration } from './index.ts'

/** Documents go out as pictures do. A picture has no name. */
export const announcementFiles: Migration = {
  name: '010-announcement-files',
  sql: `
ALTER TABLE announcement_picture RENAME TO announcement_file;
ALTER TABLE announcement_file ADD COLUMN name TEXT;
ALTER TABLE outbox_picture RENAME TO outbox_file;
ALTER TABLE outbox_file ADD COLUMN name TEXT;
`,
}
