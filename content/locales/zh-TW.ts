import type { Translation } from './translation.ts'

export const zhTW: Translation = {
  'core.error': '抱歉,小鄰這邊出了點問題,請稍後再試。(編號 {{no}})',
}
