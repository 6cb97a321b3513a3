import type { consoleZhCN } from './console.zh-CN.ts'

export const consoleZhTW: Readonly<Record<keyof typeof consoleZhCN, string>> = {}
