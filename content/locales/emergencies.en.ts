import type { emergenciesZhCN } from './emergencies.zh-CN.ts'

export const emergenciesEn: Readonly<Record<keyof typeof emergenciesZhCN, string>> = {
  'reports.danger.fire': 'fire or smoke',
  'reports.danger.gas': 'smell of gas',
  'reports.danger.fight': 'a fight',
  'reports.danger.crime': 'robbery, theft or a break-in',
  'reports.danger.collapse': 'somebody collapsed',
  'reports.danger.injury': 'somebody hurt',
  'reports.danger.building': 'a wall or building gives way',
  'reports.danger.trapped': 'somebody is trapped',
  'reports.danger.shock': 'an electric shock',
  'reports.danger.water': 'somebody in the water',
  'reports.danger.missing': 'somebody is missing',
  'reports.danger.jump': 'somebody about to jump',
  'reports.danger.despair': 'somebody says they do not want to live; contact them at once',
  'reports.danger.help': 'a cry for help',
  'reports.emergency.fire':
    'Fire: call 119 now. Leave, no lifts, call your neighbours. Staff are told.',
  'reports.emergency.gas':
    'Smell of gas: no lights, no flames; open the windows, leave, and call 119 from outside. Staff are told.',
  'reports.emergency.fight': 'Call 110 now and keep away. Staff are told.',
  'reports.emergency.crime':
    'Call 110 now! Your own safety first: lock the door, do not chase or block anybody. Staff are told.',
  'reports.emergency.collapse':
    'Call 120 now. Do not move them; whoever knows first aid, please help. Staff are told.',
  'reports.emergency.injury': 'Call 120 now; press on a bleeding wound. Staff are told.',
  'reports.emergency.building':
    'Keep away and stop people passing by; call 120 for the injured, 119 if somebody is buried. Staff are told.',
  'reports.emergency.trapped':
    'Stay calm and do not force the doors. Press the alarm in the lift and call property management; call 119 if there is no way out or somebody feels unwell. Staff are told.',
  'reports.emergency.shock':
    'Switch the power off first and touch nobody! Call 120 now. Staff are told.',
  'reports.emergency.water':
    'Call 110 and 120 now! Reach out a pole or throw something that floats; do not go in if you cannot swim. Staff are told.',
  'reports.emergency.missing':
    'Call 110 now, there is no need to wait 24 hours. Please say how old, in what clothes and where last seen; neighbours, keep an eye out. Staff are told.',
  'reports.emergency.jump': 'Call 110 and 119 now. Keep talking, do not provoke. Staff are told.',
  'reports.emergency.despair':
    'I am worried to hear this. You are not alone: find somebody to be with you now, family or a neighbour, or call 12356 (psychological help, day and night). If you are hurt already, call 120 or 110 now. I have asked staff to get in touch with you.',
  'reports.emergency.help':
    'Call 110 now; 120 if somebody is hurt or unwell, 119 for fire. Please say which building and what happened. Staff are told.',
}
