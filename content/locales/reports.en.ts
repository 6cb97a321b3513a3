import type { reportsZhCN } from './reports.zh-CN.ts'

export const reportsEn: Readonly<Record<keyof typeof reportsZhCN, string>> = {
  'reports.noise.phone': 'A phone',
  'reports.noise.meter': 'A sound level meter',
  'reports.noise.day': 'day',
  'reports.noise.night': 'night',
  'reports.noise.over':
    '{{instrument}} measured {{db}} dB, the {{period}} limit is {{limit}} dB: {{by}} dB over.',
  'reports.noise.within':
    '{{instrument}} measured {{db}} dB, the {{period}} limit is {{limit}} dB: not over.',
  'reports.noise.indicative': 'A phone’s reading is only an indication, not a test result.',
  'reports.quiet.every': 'every day {{span}}',
  'reports.quiet.workday': 'working days {{span}}',
  'reports.quiet.restday': 'weekends and holidays {{span}}',
  'reports.quiet.exam': 'during school entrance exams {{span}}',
  'reports.quiet.allDay': 'all day',
  'reports.quiet.span': '{{from}}–{{to}}',
  'reports.quiet.spanOver': '{{from}}–{{to}} the next day',
  'reports.quiet.forbidden': 'Such work is not allowed at that time: {{when}}.',
  'reports.quiet.agreed':
    'By agreement among neighbours there is no such work at that time: {{when}}.',
  'reports.basis': 'Source: {{title}}.',
  'reports.basisArticles': 'Source: {{title}}, Art. {{list}}.',
}
