import type { announcementsZhCN } from './announcements.zh-CN.ts'

export const announcementsEn: Readonly<Record<keyof typeof announcementsZhCN, string>> = {}
