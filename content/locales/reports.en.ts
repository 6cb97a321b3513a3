import type { reportsZhCN } from './reports.zh-CN.ts'

export const reportsEn: Readonly<Record<keyof typeof reportsZhCN, string>> = {}
