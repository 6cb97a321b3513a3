import type { reportsZhCN } from './reports.zh-CN.ts'

export const reportsZhTW: Readonly<Record<keyof typeof reportsZhCN, string>> = {}
