import type { zhCN } from './zh-CN.ts'

/** Every key of the source catalogue, worded in another language. */
export type Translation = Readonly<Record<keyof typeof zhCN, string>>
