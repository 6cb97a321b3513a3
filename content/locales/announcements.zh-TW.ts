import type { announcementsZhCN } from './announcements.zh-CN.ts'

export const announcementsZhTW: Readonly<Record<keyof typeof announcementsZhCN, string>> = {}
