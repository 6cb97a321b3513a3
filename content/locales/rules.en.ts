import type { rulesZhCN } from './rules.zh-CN.ts'

export const rulesEn: Readonly<Record<keyof typeof rulesZhCN, string>> = {
  'rules.help.ask': 'rules on waste and noise',
  'rules.example.ask': 'where do batteries go',
  'rules.thing': '{{what}}: {{kind}}. {{how}}',
  'rules.kind': '{{kind}}, such as {{a}}, {{b}}, {{c}}: {{how}}',
  'rules.alias': '{{name}} (like {{like}})',
  'rules.note': '{{note}}',
  'rules.duty':
    'Sorting is the law ({{title}}, Art. {{list}}). Cities differ a little: the sign at the collection point decides.',
  'rules.line': '· {{what}}: {{kind}}',
  'rules.lineUnknown': '· {{what}}: not sure',
  'rules.unknown': 'I am not sure where {{what}} goes. Please ask {{ask}}.',
  'rules.ask': 'If in doubt, please ask {{ask}}.',
  'rules.sorting': 'There are four kinds of waste.',
  'rules.sortingLine': '· {{kind}}, such as {{a}}, {{b}}, {{c}}',
  'rules.askThing': 'Just ask me about a thing, for example “What kind of waste are batteries?”',
  'rules.collection': 'Waste is taken {{spans}} at: {{where}}. {{by}}',
  'rules.collectionAsk': 'Notices on the spot come first. You can also ask {{ask}}.',
  'rules.renovation': 'Noisy renovation is not welcome at these times.',
  'rules.bullet': '· {{text}}',
  'rules.agreed':
    'These times are the community’s agreement; the property manager’s notice comes first.',
  'rules.quiet': 'The night is {{span}}. Please be quiet then.',
  'rules.limits': 'Noise limits: {{day}} dB by day, {{night}} dB by night (here, {{area}}).',
  'rules.report':
    'If it happens, write to me privately what, where and when, and the community will see to it.',
}
