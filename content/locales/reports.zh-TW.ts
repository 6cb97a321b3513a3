import type { reportsZhCN } from './reports.zh-CN.ts'

export const reportsZhTW: Readonly<Record<keyof typeof reportsZhCN, string>> = {
  'reports.noise.phone': '手機',
  'reports.noise.meter': '噪音計',
  'reports.noise.day': '白天',
  'reports.noise.night': '夜間',
  'reports.noise.over':
    '{{instrument}}測得 {{db}} 分貝，{{period}}限值 {{limit}} 分貝，超出 {{by}} 分貝。',
  'reports.noise.within':
    '{{instrument}}測得 {{db}} 分貝，{{period}}限值 {{limit}} 分貝，沒有超出。',
  'reports.noise.indicative': '手機讀數僅供參考，不能當作檢測結果。',
  'reports.quiet.every': '每天 {{span}}',
  'reports.quiet.workday': '工作日 {{span}}',
  'reports.quiet.restday': '週末和節假日 {{span}}',
  'reports.quiet.exam': '中考、高考期間 {{span}}',
  'reports.quiet.allDay': '全天',
  'reports.quiet.span': '{{from}}–{{to}}',
  'reports.quiet.spanOver': '{{from}}–次日 {{to}}',
  'reports.quiet.forbidden': '這個時間規定不能施工：{{when}}。',
  'reports.quiet.agreed': '這個時間按社區約定不要施工：{{when}}。',
  'reports.basis': '依據：{{title}}。',
  'reports.basisArticles': '依據：{{title}}第 {{list}} 條。',
}
