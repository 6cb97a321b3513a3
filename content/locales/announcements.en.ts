import type { announcementsZhCN } from './announcements.zh-CN.ts'

export const announcementsEn: Readonly<Record<keyof typeof announcementsZhCN, string>> = {
  'announcements.message': '[Community notice]\n{{text}}',
  'announcements.messageUrgent': '[Urgent notice]\n{{text}}',
  'announcements.moment': '{{day}} {{time}}',
  'announcements.preview': 'Announcement #{{no}} has not been sent yet. Please look it over.',
  'announcements.groups': 'To {{n}} group(s): {{names}}',
  'announcements.andMore': '{{names}} and others, {{n}} in all',
  'announcements.atOnce': 'When: as soon as it is confirmed',
  'announcements.at': 'When: {{when}}',
  'announcements.repeated': 'When: {{every}} {{time}}, from {{day}} until {{until}}',
  'announcements.daily': 'every day',
  'announcements.weekly': 'every {{weekday}}',
  'announcements.monthly': 'on day {{day}} of every month',
  'announcements.expires': 'Nothing is sent after {{when}}',
  'announcements.note.far': 'Note: that is {{days}} days from now; is the date right?',
  'announcements.note.urgent': 'Urgent: quiet hours do not hold it back',
  'announcements.note.quiet':
    'Note: those are quiet hours, so it goes out at {{when}}. If it cannot wait, begin with “紧急”.',
  'announcements.note.unbound': 'Note: {{names}} cannot be reached now; it is sent when they can.',
  'announcements.note.off': 'Note: {{names}} are switched off and get nothing.',
  'announcements.note.same':
    'Note: the same words as #{{no}}, which some of these groups had not long ago.',
  'announcements.note.minutes': 'It takes about {{n}} minutes to reach every group.',
  'announcements.note.day':
    'Note: much has been sent today; some groups may have to wait until tomorrow.',
  'announcements.note.parts': 'It is long and goes out in {{n}} parts.',
  'announcements.text': '——— What the groups will see ———\n{{text}}\n———————',
  'announcements.picture': '(Picture {{n}})',
  'announcements.pictures': '{{n}} picture(s) follow the text.',
  'announcements.file': '(File: {{name}})',
  'announcements.files': 'With {{n}} files after the words: {{names}}',
  'announcements.confirmHow':
    'If it is right, say “确认 {{code}}” (good for {{minutes}} minutes). To change it: “公告 修改 {{no}} new text”; to drop it: “公告 取消 {{no}}”.',
  'announcements.dropped': 'The earlier draft #{{no}} is void.',
  'announcements.hint.only': 'If it is for {{name}} only, write: 公告 给{{name}} text.',
  'announcements.hint.urgent':
    'If it must not wait for the quiet hours, put a space behind 紧急: 公告 紧急 text.',
  'announcements.approve':
    '{{author}} wants to send announcement #{{no}}. Another colleague, please look it over.',
  'announcements.approveHow':
    'If it may go out, another colleague says “确认 {{code}}” (good for {{hours}} hours).',
  'announcements.awaiting':
    'Colleagues in the staff group have been asked to confirm announcement #{{no}}; it goes out when one does.',
  'announcements.again':
    'Announcement #{{no}} has the same words as #{{same}}, which some of these groups had not long ago. To send it all the same, say “确认 {{code}}”.',
  'announcements.started':
    'Announcement #{{no}} is on its way: 0/{{n}} sent. Say “公告 进度” at any time.',
  'announcements.planned':
    'Announcement #{{no}} goes to {{n}} group(s) at {{when}}. To stop it, say “公告 取消 {{no}}”.',
  'announcements.progress': 'Announcement #{{no}} “{{head}}”: {{sent}}/{{total}} sent',
  'announcements.waiting': '{{n}} group(s) still to go',
  'announcements.failure': '· {{topic}}: {{why}}',
  'announcements.more': '· and {{n}} more group(s)',
  'announcements.why.failed': 'could not be sent, after several tries',
  'announcements.why.late': 'not sent, too late now',
  'announcements.why.off': 'switched off, not sent',
  'announcements.why.unknown': 'nobody knows whether it went out; please look at the group',
  'announcements.why.noFiles': 'this account cannot send pictures and files',
  'announcements.why.fileLost': 'the picture or file is gone; please write it anew',
  'announcements.why.cancelled': 'cancelled, not sent',
  'announcements.why.byStaff': 'not sent, and not to be sent',
  'announcements.retryHow': 'To send it again to those groups only, say “公告 重试 {{no}}”.',
  'announcements.unknown': '· {{topic}}: nobody knows whether it arrived (message #{{no}})',
  'announcements.recalled': 'Taken back in {{n}} group(s)',
  'announcements.stuck':
    'Could not be taken back: {{names}} (perhaps more than two minutes ago). Please explain it in the group.',
  'announcements.next': 'Next time: {{when}}',
  'announcements.report': 'Announcement #{{no}} “{{head}}” is done: {{sent}}/{{total}} sent.',
  'announcements.standing.draft': '#{{no}} “{{head}}”: not confirmed yet',
  'announcements.standing.awaiting': '#{{no}} “{{head}}”: waits for another colleague',
  'announcements.standing.queued': '#{{no}} “{{head}}”: goes out at {{when}}',
  'announcements.standing.cancelled': '#{{no}} “{{head}}”: cancelled, not sent',
  'announcements.standing.expired': '#{{no}} “{{head}}”: out of date, not sent',
  'announcements.list': 'The latest announcements',
  'announcements.line': '#{{no}} “{{head}}”: {{sent}}/{{total}} sent',
  'announcements.lineCancelled': '#{{no}} “{{head}}”: cancelled at {{sent}}/{{total}}',
  'announcements.none': 'There are no announcements yet.',
  'announcements.retrying':
    'Announcement #{{no}} is sent again to the {{n}} group(s) that did not get it.',
  'announcements.cancelled': 'Announcement #{{no}} will not be sent.',
  'announcements.stopped':
    'Announcement #{{no}} is stopped: {{n}} group(s) will not get it. To take back what went out, say “公告 撤回 {{no}}”.',
  'announcements.which': 'Which one? Please give its number, such as “公告 取消 7”.',
  'announcements.nothingToCancel': 'No announcement is waiting to be sent.',
  'announcements.recalling':
    'Taking back {{n}} message(s) of announcement #{{no}}; see “公告 进度 {{no}}”. WeChat as a rule allows it for two minutes.',
  'announcements.beyond':
    '{{n}} message(s) cannot be taken back by this account. Please explain it in the group.',
  'announcements.nothingToRecall': 'Announcement #{{no}} has nothing that could be taken back.',
  'announcements.lapsed':
    'Nobody confirmed announcement #{{no}} “{{head}}”; it is void. Please write it anew.',
  'announcements.approvalOn': 'From now on another colleague has to confirm every announcement.',
  'announcements.approvalOff': 'From now on the author’s confirmation is enough.',
  'announcements.approvalHow':
    'For a second colleague to confirm, say “公告 审批 开”; for the author alone, “公告 审批 关”.',
  'announcements.how':
    'Like this: 公告 The water is off tomorrow morning.\nSome groups only: 公告 给18街坊 text; later: 公告 明天9点 text; urgent: 公告 紧急 text.',
  'announcements.refused': 'This announcement cannot go out yet.',
  'announcements.error.empty': 'It is empty. Please write what is to be said.',
  'announcements.error.long': 'It is too long: {{n}} characters, at most {{max}}.',
  'announcements.error.file.unknownType':
    'This file cannot be sent. Possible are photos (JPG, PNG), PDF, Word, Excel and PowerPoint.',
  'announcements.error.file.heic':
    'This kind of iPhone photo (HEIC) cannot be sent. Please take a screenshot of it and send that.',
  'announcements.error.file.damaged': 'This photo cannot be opened. Please send it once more.',
  'announcements.error.file.tooLarge': 'This file is too large; {{max}} MB at most, please.',
  'announcements.error.file.tooMany': 'Too many at once. Please wait a few minutes.',
  'announcements.error.file.unavailable': 'This file did not arrive. Please send it once more.',
  'announcements.error.files': 'Pictures and files: {{max}} in all at most.',
  'announcements.error.noRooms': 'There is no such group. Say “群列表” for the groups.',
  'announcements.error.near': 'There is no group of its own there. The group around it: {{names}}.',
  'announcements.error.roomsOff': '{{names}} are switched off and get nothing.',
  'announcements.error.unbound':
    '{{names}} cannot be reached now. Please bind the group again first.',
  'announcements.error.past': 'That time is over. Please give another.',
  'announcements.error.expiresFirst':
    'It would be out of date before it goes out. Please change until when it is valid.',
  'announcements.error.until':
    'The last day of the repeats must come after the first, within a year.',
  'announcements.error.unknownName':
    'There is no group, place or tag called “{{name}}”. Say “群列表” for the groups; if it is part of the text, write “公告 给大家 …”.',
  'announcements.error.none': 'There is no announcement {{no}}. Say “公告 列表” for the numbers.',
  'announcements.error.noEdit':
    'Announcement #{{no}} is confirmed and cannot be changed. Cancel it and write a new one.',
  'announcements.error.changed': 'This announcement was changed just now; please look at it first.',
  'announcements.error.notYours':
    'Announcement #{{no}} is a colleague’s; it is for them to do that.',
  'announcements.error.needOther': 'Another colleague has to confirm announcement #{{no}}.',
  'announcements.error.code':
    'That code is wrong. Say “公告 列表” to see what waits to be confirmed.',
  'announcements.error.codeLate':
    'The code of announcement #{{no}} has run out. Please write it anew.',
  'announcements.error.confirmed':
    'Announcement #{{no}} is confirmed already and goes out once. Say “公告 进度 {{no}}”.',
  'announcements.error.cancelled': 'Announcement #{{no}} is void.',
  'announcements.error.done':
    'Announcement #{{no}} has gone out. To take it back, say “公告 撤回 {{no}}”.',
  'announcements.error.over': 'Announcement #{{no}} is cancelled or out of date.',
  'announcements.error.noRetry': 'Announcement #{{no}} is not one to send again.',
  'announcements.error.noFailures': 'Announcement #{{no}} has no group to send it to again.',
  'announcements.error.notSent':
    'Announcement #{{no}} has not gone out. To stop it, say “公告 取消 {{no}}”.',
  'announcements.error.whichRecall':
    'Which one is to be taken back? Please give its number, such as “公告 撤回 7”.',
  'announcements.help.new': 'announce something to the groups: look first, then confirm',
  'announcements.example.new': '公告 给18街坊 明天9点 No water in the morning',
  'announcements.help.confirm': 'confirm an announcement, and it goes out',
  'announcements.example.confirm': '确认 4821',
  'announcements.help.progress': 'see how far an announcement got',
  'announcements.example.progress': '公告 进度 7',
  'announcements.help.list': 'see the latest announcements',
  'announcements.example.list': '公告 列表',
  'announcements.help.retry': 'send it again where it failed, only there',
  'announcements.example.retry': '公告 重试 7',
  'announcements.help.cancel': 'stop an announcement that has not gone out',
  'announcements.example.cancel': '公告 取消 7',
  'announcements.help.recall': 'take back an announcement',
  'announcements.example.recall': '公告 撤回 7',
  'announcements.help.edit': 'change an announcement that is not confirmed',
  'announcements.example.edit': '公告 修改 7 No water from nine',
  'announcements.help.approval': 'whether a second colleague has to confirm',
  'announcements.example.approval': '公告 审批 开',
}
