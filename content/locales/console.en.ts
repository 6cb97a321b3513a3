import type { consoleZhCN } from './console.zh-CN.ts'

export const consoleEn: Readonly<Record<keyof typeof consoleZhCN, string>> = {}
