import { announcementsEn } from './announcements.en.ts'
import { auditEn } from './audit.en.ts'
import { consoleEn } from './console.en.ts'
import { reportsEn } from './reports.en.ts'
import { rulesEn } from './rules.en.ts'
import { signUpsEn } from './signups.en.ts'
import { surveysEn } from './surveys.en.ts'
import type { Translation } from './translation.ts'
import { upkeepEn } from './upkeep.en.ts'

/**
 * Commands that Linli reads in English are in English; the others stay Chinese, with their meaning beside them.
 * No line ends in a half-width colon: some puppets cut a message there.
 */
export const en: Translation = {
  'core.error': 'Sorry, something went wrong on my side. Please try again later. (No. {{no}})',
  'core.notAllowed':
    'That is something for the community staff. If you need it, please ask the residents’ committee.',
  'core.pleaseType':
    'I can’t understand voice messages yet. Please type it for me; a sentence or two is plenty.',
  'core.wordsPlease':
    'Thank you, I got it. I can only read words for now, so please tell me in a sentence or two.',
  'core.wordsToPicture':
    'I see you sent a photo. Please tell me in a sentence or two where it is and what is wrong.',
  'core.hello':
    'Hello, I’m 小邻 (Xiaolin). To see what’s on, send “today”; to see what I can do, send “help”.',
  'core.youAreWelcome': 'You’re welcome. I’m here whenever you need me.',
  'core.unclear': 'I didn’t quite get that. Send “help” to see what I can do.',
  'core.unclearNear':
    'I didn’t quite get that. Did you mean {{commands}}? Send “help” to see what I can do.',
  'core.usage': 'Say it like this: {{example}}',
  'core.sayPrivately': 'Please tell me in a direct chat.',
  'core.unclearRoom': 'I didn’t quite get that. Send “小邻 help” to see what I can do.',

  'date.full': '{{weekday}} {{month}}/{{day}}',
  'date.withYear': '{{weekday}} {{month}}/{{day}}/{{year}}',
  'date.today': 'Today ({{weekday}} {{month}}/{{day}})',
  'date.tomorrow': 'Tomorrow ({{weekday}} {{month}}/{{day}})',
  'date.dayAfter': 'The day after tomorrow ({{weekday}} {{month}}/{{day}})',
  'date.mon': 'Mon',
  'date.tue': 'Tue',
  'date.wed': 'Wed',
  'date.thu': 'Thu',
  'date.fri': 'Fri',
  'date.sat': 'Sat',
  'date.sun': 'Sun',

  'dialogue.again': 'I couldn’t make that out.',
  'dialogue.gaveUp': 'Never mind, let’s leave it there. Call me when you need me.',
  'dialogue.left': 'All right, cancelled.',
  'dialogue.nothingToLeave': 'There is nothing under way right now.',

  'members.welcome':
    'Welcome, {{names}}! I’m 小邻, the community’s group steward. Send “小邻 help” to see what I can do.',
  'members.welcomeMany':
    'Welcome to our {{n}} new neighbours! I’m 小邻, the community’s group steward. Send “小邻 help” to see what I can do.',

  'help.intro': 'I’m {{bot}}. You can say things like',
  'help.line': '· {{example}} – {{what}}',
  'help.staff': 'For staff',
  'help.endRoom': 'In the group, start with “{{bot}}” so that I know you mean me.',
  'help.endDirect': 'Send “cancel” at any time to stop what we are doing.',
  'help.more': 'For more, send {{topics}}.',
  'help.topics': '{{first}}, {{rest}}',
  'help.nothing': 'There is nothing of that here. Please send me “help” in a direct chat.',
  'help.topic.programmes': '“help events”',
  'help.topic.signups': '“help sign-up”',
  'help.topic.reports': '“help reports”',
  'help.topic.surveys': '“help surveys”',
  'help.topic.rules': '“help sorting”',
  'help.topic.self': '“help privacy”',
  'help.topic.cases': '“help cases”',
  'help.topic.announcements': '“help announcements”',
  'help.topic.staff': '“help staff”',

  'privacy.short':
    '{{bot}} keeps a record only of what it is asked to do, never of your chats. Send “{{bot}} privacy” to read more.',
  'privacy.notice':
    'Privacy: {{bot}} is run by the residents’ committee. It records only what it needs to tell you about activities and to do what you ask, never your chats. Your address and your name are not made public in the group. Records that are no longer needed are deleted on schedule. To see, correct or delete yours, please ask the residents’ committee. Send “unsubscribe” to get no more direct reminders.',
  'privacy.firstNotice': '\n{{notice}}',
  'privacy.help.notice': 'read how your data is treated',
  'privacy.example.notice': 'privacy',
  'privacy.help.unsubscribe': 'no more direct reminders (or add “reminders”, “surveys”)',
  'privacy.example.unsubscribe': 'unsubscribe',
  'privacy.help.resubscribe': 'get them again',
  'privacy.example.resubscribe': 'resubscribe',
  'privacy.unsubscribed':
    'All right, no more direct messages ({{topic}}). To get them again, send “resubscribe”.',
  'privacy.resubscribed': 'All right, you will get direct messages again ({{topic}}).',
  'privacy.help.language': 'change the language: simplified, traditional, English',
  'privacy.example.language': 'language English',
  'privacy.languageSet': 'All right, I’ll speak English from now on.',
  'privacy.help.home': 'give or change your address (only the staff see it)',
  'privacy.example.home': 'my address',
  'privacy.homeConfirm': 'Is this your address?\n{{place}} {{room}}\n1 Yes\n2 No',
  'privacy.homeTell':
    'Which building do you live in? Please write it in Chinese, such as 18街坊86门301 (Block 18, Entrance 86, No. 301) or 3号楼 (Building 3).',
  'privacy.homeSaved': 'Noted. Only the community staff can see it.',

  'topic.reminders': 'reminders',
  'topic.surveys': 'surveys',
  'topic.all': 'everything',

  'role.resident': 'resident',
  'role.partner': 'property management',
  'role.steward': 'building steward',
  'role.staff': 'staff',
  'role.owner': 'administrator',

  'staff.confirmFirst':
    'I have logged in anew. To be safe, please first send me in a direct chat “验证” (verify) and your PIN, for example: 验证 1357',
  'staff.bound':
    'Hello, {{name}}! Your account is now linked; your role: {{role}}. Send “help” to see your commands.',
  'staff.setPinPlease':
    'Please also set a PIN. It shows that it is you when I log in anew. Send “设密码” (set PIN) and 4 to 8 digits.',
  'staff.pinSet':
    'Your PIN is set. Whenever I log in anew, send me in a direct chat “验证” (verify) and your PIN.',
  'staff.confirmed': 'Thank you, {{name}}. You’re confirmed and can carry on.',
  'staff.aboutMerge': '“{{from}}” becomes one with “{{into}}”.',
  'staff.aboutUnmerge': '“{{name}}” is set apart again.',
  'staff.aboutDisable': '“{{topic}}” will get no more reminders.',
  'staff.askPin': 'Please send your PIN to confirm.',
  'staff.roomReady':
    'Hello everyone, I’m {{bot}}, the community’s group steward. I’ll remind you here of what’s on and when. Send “{{bot}} help” to see what I can do.',
  'staff.roomReadyStaff': 'This is now a staff group. Send “help” to see the commands.',
  'staff.roomCode':
    'Code {{code}}, good for {{hours}} hours and for one use. In the group that you want to enable, send: 绑定本群 {{code}} (link this group)',
  'staff.rooms': 'Groups enabled ({{n}})',
  'staff.room': '{{no}}. {{topic}}',
  'staff.roomOff':
    'Disabled: {{topic}}. To enable it again, send “群绑定码” (group code) to get a code.',
  'staff.roomLost':
    'After logging in anew I did not recognise this group: {{topic}}. Please send me in a direct chat “群绑定码 群{{no}}” (code for group {{no}}), then say “绑定本群” (link this group) and the code in that group.',
  'staff.nobody': 'I found no resident with “{{name}}” in their name.',
  'staff.person': '{{no}}. {{name}} ({{role}})',
  'staff.personMerged': '{{no}}. {{name}} (merged into {{into}})',
  'staff.merged':
    'Resident {{from}} is merged into {{into}}. To separate them, send: 拆分居民 {{from}} (split resident)',
  'staff.unmerged': 'Resident {{no}} is separate again.',
  'staff.help.sends': 'see messages that were not, or perhaps not, sent',
  'staff.example.sends': '未确认消息',
  'staff.help.sendAgain': 'send one of them again',
  'staff.example.sendAgain': '重发 12',
  'staff.help.sendDone': 'it arrived, do not send it again',
  'staff.example.sendDone': '不用重发 12',
  'staff.sends': '{{n}} messages need a look',
  'staff.sendsNone': 'No message needs a look.',
  'staff.sendsHow':
    'Look into the group: “重发” and the number sends it again, “不用重发” and the number leaves it.',
  'staff.sendUnknown': '#{{no}} {{to}} {{day}} {{time}}, perhaps not sent: {{text}}',
  'staff.sendFailed': '#{{no}} {{to}} {{day}} {{time}}, not sent: {{text}}',
  'staff.sendDirect': 'direct message',
  'staff.sendTrouble':
    'Nobody knows whether message #{{no}} was sent. Send “未确认消息” to see it.',
  'staff.sendAgain': 'All right, #{{no}} is sent again.',
  'staff.sendDone': 'All right, #{{no}} is left as it is.',
  'staff.error.noSend': 'No message {{no}} waits for a decision. “未确认消息” shows the numbers.',
  'staff.help.add': 'add staff and get a binding code',
  'staff.example.add': '添加人员 李敏 楼栋长 18街坊',
  'staff.added':
    '{{name}} is registered as {{role}}. Within {{hours}} hours they send me, in a direct chat: 绑定身份 {{code}}',
  'staff.error.addHow':
    'Please give a name and a role (管理员 owner, 工作人员 staff, 楼栋长 steward, 物业 partner), for example: 添加人员 李敏 楼栋长 18街坊',
  'staff.error.noPlace': 'There is no place “{{place}}”.',
  'staff.help.roomCode': 'get a group code, to enable a new group',
  'staff.example.roomCode': '群绑定码 28街坊',
  'staff.help.rooms': 'list the groups that are enabled',
  'staff.example.rooms': '群列表',
  'staff.help.tags': 'give a group tags, which decide the activities it hears of',
  'staff.example.tags': '群标签 3 老年 健步',
  'staff.tagged': 'Tags of {{topic}}: {{tags}}',
  'staff.help.people': 'find a resident by name and see the number',
  'staff.example.people': '查居民 王秀英',
  'staff.help.merge': 'merge two numbers that are one person (needs your PIN)',
  'staff.example.merge': '合并居民 15 12',
  'staff.help.unmerge': 'undo a wrong merge (needs your PIN)',
  'staff.example.unmerge': '拆分居民 15',
  'staff.help.disable': 'disable a group (needs your PIN)',
  'staff.example.disable': '停用群 3',
  'staff.error.sayInGroup': 'Please send this in the group that you want to enable.',
  'staff.error.roomOn': 'This group is enabled already; the code was not used up.',
  'staff.error.roomCode':
    'This code is wrong, used or expired. Please ask a staff member to send “群绑定码” (group code) and get a new one.',
  'staff.error.staffCode':
    'This code is wrong, used or expired. Please ask the administrator for a new one.',
  'staff.error.locked': 'Too many wrong tries. Please try again in {{minutes}} min.',
  'staff.error.whichPlace':
    'I know no place called “{{place}}”. Please send: 群绑定码 28街坊 (group code for Block 28); for a staff group: 群绑定码 工作人员',
  'staff.error.weakPin': 'This PIN is too easy to guess. Please choose another.',
  'staff.error.noPin': 'You have no PIN yet. Please ask the administrator for a new code.',
  'staff.error.wrongPin': 'That PIN is wrong. Please send it again.',
  'staff.error.noResident': 'There is no resident {{no}}, or they have been merged already.',
  'staff.error.cannotMerge':
    'These two can’t be merged. The first must be an ordinary resident whom nobody else was merged into.',
  'staff.error.notMerged': 'Resident {{no}} was never merged.',
  'staff.error.lastOwner': 'There must be at least one owner.',
  'staff.error.noRoom': 'There is no group {{no}}. Send “群列表” (list groups) to see the numbers.',

  'programmes.topic': ': “{{topic}}”',
  'programmes.turn': ': {{topic}}',
  'programmes.lecture': ': “{{topic}}” with {{speaker}}',
  'programmes.line': '{{time}} {{name}}{{topic}}. Where: {{venue}}',
  'programmes.lineNo': '#{{no}} {{time}} {{name}}{{topic}}. Where: {{venue}}',
  'programmes.lineOff': '{{time}} {{name}}{{topic}} ({{reason}})',
  'programmes.lineOffNo': '#{{no}} {{time}} {{name}}{{topic}} ({{reason}})',
  'programmes.off': 'cancelled',
  'programmes.holidayReason': 'Holiday break',
  'programmes.day': '{{day}}',
  'programmes.nothing': '{{day}}: nothing is planned. Send “小邻 this week” to see the whole week.',
  'programmes.nothingWeek': 'Nothing is planned for that week.',
  'programmes.thisWeek': 'Still to come this week',
  'programmes.nextWeek': 'Next week',
  'programmes.everyDay': 'Every day {{time}} {{name}}. Where: {{venue}}',
  'programmes.onWorkdays': 'Working days {{time}} {{name}}. Where: {{venue}}',
  'programmes.onSchooldays': 'School days {{time}} {{name}}. Where: {{venue}}',
  'programmes.noneAhead':
    '{{name}}: nothing is planned yet. I’ll tell you in the group when it is.',
  'programmes.topicOpen':
    'The topic and the speaker are not settled yet. I’ll let you know when they are.',
  'programmes.provisional':
    '(The holidays of {{year}} have not been announced yet, so times may change.)',
  'programmes.digest': 'Good morning! {{day}}',
  'programmes.remind': 'A reminder. {{day}}',
  'programmes.remindMany': 'A reminder: these are coming up',
  'programmes.soon': 'Starting soon',
  'programmes.note': '{{note}}',
  'programmes.cancelled':
    'Please note. {{day}}, {{time}}: {{name}} is cancelled. Do tell your neighbours.',
  'programmes.changed': 'Please note: {{name}} has changed. Was: {{day}}, {{time}}. Now',
  'programmes.revived': 'Please note: {{name}} will take place after all',
  'programmes.now': '{{day}}',
  'programmes.because': 'Reason: {{reason}}',
  'programmes.moved': 'Changed. {{day}}',
  'programmes.calledOff': 'Activity {{no}} is cancelled.',
  'programmes.toldAgain': 'All who were told before ({{n}}) will be told of the change, once.',
  'programmes.nobodyTold':
    'Residents had not been told yet. They will be reminded of the new arrangement.',
  'programmes.askReason':
    'Why is activity {{no}} cancelled? Residents will be told; one sentence is enough. To keep it after all, send “cancel”.',
  'programmes.heldNoted': 'Noted. {{name}}, held so far this year: {{count}}.',
  'programmes.heldOfTarget':
    'Noted. {{name}}, held so far this year: {{count}} (target {{target}}).',
  'programmes.lecturePlanned':
    'Noted. {{name}}, the week with this day: {{day}}. Topic: “{{topic}}” {{speaker}}',
  'programmes.lectureOpen':
    'A reminder. {{day}}: {{name}} (#{{no}}) has no topic or speaker yet. Please send “讲座安排” (plan a lecture) with date, topic and speaker.',
  'programmes.help.day': 'what’s on that day',
  'programmes.example.day': 'today',
  'programmes.help.week': 'what’s on that week',
  'programmes.example.week': 'this week',
  'programmes.help.programme': 'when an activity is next, and its topic',
  'programmes.example.programme': 'weekly lesson',
  'programmes.help.move': 'change the time or place of one activity',
  'programmes.example.move': '改期 12 Thursday 15:00 Activity Room',
  'programmes.help.cancel': 'cancel one activity, with the reason',
  'programmes.example.cancel': '取消活动 12 speaker is ill',
  'programmes.help.held': 'note that it took place, and how many came',
  'programmes.example.held': '已办 12 30',
  'programmes.help.lecture': 'plan a week’s lecture: date, topic without spaces, speaker',
  'programmes.example.lecture': '讲座安排 2026-12-02 Wellness Dr Wang',
  'programmes.error.unknown': 'There is no activity {{no}}. Send “this week” to see the numbers.',
  'programmes.error.over': 'Activity {{no}} has begun or is over. It can’t be changed any more.',
  'programmes.error.cancelled': 'Activity {{no}} is cancelled already.',
  'programmes.error.notYet': 'Activity {{no}} has not begun yet. Please note it when it is over.',
  'programmes.error.past': 'The new time has passed already. Please choose another.',
  'programmes.error.same': 'Activity {{no}} is planned just like that. Nothing has changed.',
  'programmes.error.moveHow':
    'Please give the new time or place, for example: 改期 {{no}} Thursday 15:00 Activity Room (reschedule)',
  'programmes.error.tooLong': 'That is too long. Please keep it to {{max}} characters.',
  'programmes.error.lectureHow':
    'Please give the date and the topic, for example: 讲座安排 2026-12-02 Wellness Dr Wang (plan a lecture)',
  'programmes.error.noLectures': 'No programme has planned lectures at present.',

  ...surveysEn,
  ...reportsEn,
  ...rulesEn,
  'programmes.table.columns': 'expected the columns 日期, 题目, 老师 (or date, topic, speaker)',
  'programmes.table.twice':
    'expected one lecture a week, that of {{date}} has one on line {{line}}',
  'programmes.table.date': 'expected a date such as 2026-12-02, found "{{found}}"',
  'programmes.table.topic': 'expected a topic',
  'programmes.table.long': 'expected at most {{max}} characters',

  ...announcementsEn,
  ...auditEn,
  ...signUpsEn,
  ...consoleEn,
  ...upkeepEn,
}
