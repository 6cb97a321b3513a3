/** Source wording of announcements: keys and placeholders are types. */
export const announcementsZhCN = {} as const
