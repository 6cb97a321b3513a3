/** The source catalogue: its keys and placeholders are types. What a reader sees, and nothing else, is written here. */
export const zhCN = {
  'core.error': '抱歉,小邻这边出了点问题,请稍后再试。(编号 {{no}})',
} as const
