/** Source wording of reports: keys and placeholders are types. */
export const reportsZhCN = {
  'reports.noise.phone': '手机',
  'reports.noise.meter': '声级计',
  'reports.noise.day': '白天',
  'reports.noise.night': '夜间',
  'reports.noise.over':
    '{{instrument}}测得 {{db}} 分贝，{{period}}限值 {{limit}} 分贝，超出 {{by}} 分贝。',
  'reports.noise.within':
    '{{instrument}}测得 {{db}} 分贝，{{period}}限值 {{limit}} 分贝，没有超出。',
  'reports.noise.indicative': '手机读数仅供参考，不能当作检测结果。',
  'reports.quiet.every': '每天 {{span}}',
  'reports.quiet.workday': '工作日 {{span}}',
  'reports.quiet.restday': '周末和节假日 {{span}}',
  'reports.quiet.exam': '中考、高考期间 {{span}}',
  'reports.quiet.allDay': '全天',
  'reports.quiet.span': '{{from}}–{{to}}',
  'reports.quiet.spanOver': '{{from}}–次日 {{to}}',
  'reports.quiet.forbidden': '这个时间规定不能施工：{{when}}。',
  'reports.quiet.agreed': '这个时间按社区约定不要施工：{{when}}。',
  'reports.basis': '依据：{{title}}。',
  'reports.basisArticles': '依据：{{title}}第 {{list}} 条。',
} as const
