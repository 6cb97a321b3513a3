import type { surveysZhCN } from './surveys.zh-CN.ts'

export const surveysEn: Readonly<Record<keyof typeof surveysZhCN, string>> = {
  'surveys.title': '[{{title}}]',
  'surveys.note': '{{note}}',
  'surveys.daily': '[{{title}}] One question a day ({{no}}/{{total}})',
  'surveys.item': '{{no}}. {{text}}',
  'surveys.scale':
    'Each one: 5 very satisfied, 4 satisfied, 3 so-so, 2 dissatisfied, 1 very dissatisfied, 0 don’t know',
  'surveys.step': 'Question {{no}} of {{total}}',
  'surveys.howOne': 'Just reply with one number.',
  'surveys.howText': 'To say something, start with “{{bot}}” and add your words.',
  'surveys.howAll': 'Send the {{n}} digits in one go, for example: {{example}}',
  'surveys.howPrivate':
    'To answer everything at once, or not in the group, send {{bot}} “survey” in a direct chat.',
  'surveys.howDirect':
    'A number is enough. “skip” leaves a question out, “back” changes the one before, “cancel” stops for now; send “survey” later to go on.',
  'surveys.anonymous':
    'This survey is anonymous. An answer in the group can be seen by everybody there; in a direct chat nobody knows that it is yours.',
  'surveys.confidential': 'Answers are only added up. Nobody is told who answered what.',
  'surveys.reminder':
    '[{{title}}] ends soon, on {{day}} at {{time}}. If you have not answered yet, please do; a direct message “survey” is fine too.',
  'surveys.tally': '[{{title}}] {{n}} neighbours of this group have taken part. Thank you all.',
  'surveys.whichOne': 'It is not clear which one you mean. Please reply with just one number.',
  'surveys.whichAll':
    'Your answer is not clear. Please send the {{n}} digits in one go, 0 where you don’t know.',
  'surveys.noneOpen': 'No survey is running at the moment.',
  'surveys.noneYet': 'There has been no survey yet.',
  'surveys.over': 'This survey has ended. Thank you.',
  'surveys.done': '[{{title}}] You have answered everything. Thank you!',
  'surveys.thanks': 'That was the last question. Thank you!',
  'surveys.refused': 'All right, you will not be asked again in this survey.',
  'surveys.opened':
    '[{{title}}] has begun: {{groups}} groups, {{invited}} people, until {{day}} {{time}}. “调查 进度” shows how many took part.',
  'surveys.openedAnonymous':
    'It is anonymous and cannot be changed back; after it ends nobody can find out who answered what.',
  'surveys.takesPlace': 'The same questionnaire will not open by itself this month.',
  'surveys.progress':
    '[{{title}}] {{answered}} of {{invited}} people took part ({{rate}} %), {{completed}} finished, {{refused}} declined.',
  'surveys.progressRoom': '· {{topic}}: {{n}}/{{invited}}',
  'surveys.progressDirect': '· Direct chat: {{n}}',
  'surveys.hidden': 'Results can be seen only after the survey has ended.',
  'surveys.closing':
    '[{{title}}] takes no new people. Those who have started have {{hours}} more hours. Then the results go to the staff group.',
  'surveys.cancelAsk':
    'Cancel [{{title}}]? {{n}} took part; their answers will not count, and that cannot be undone. To cancel, reply: 确认 {{code}} (within {{minutes}} minutes)',
  'surveys.cancelled': '[{{title}}] is cancelled. Its answers do not count.',
  'surveys.final': '[{{title}}] {{period}}, results',
  'surveys.counts':
    'Invited {{invited}}, took part {{answered}} ({{rate}} %), finished {{completed}}, declined {{refused}}.',
  'surveys.satisfaction':
    'Satisfied: {{rate}} % ({{successes}}/{{n}}, the top two levels), 95 % interval {{low}}–{{high}} %, target {{target}} %: {{verdict}}',
  'surveys.awareness':
    'Awareness: {{rate}} % ({{successes}}/{{n}} answers right), 95 % interval {{low}}–{{high}} %, target {{target}} %: {{verdict}}',
  'surveys.awarePeople':
    'People with at least 80 % right: {{rate}} % ({{successes}}/{{n}}), 95 % interval {{low}}–{{high}} %, target {{target}} %: {{verdict}}',
  'surveys.itemResult': '{{no}}. {{text}} {{rate}} % ({{n}} answers, {{unsure}} don’t know)',
  'surveys.satisfactionMiddle':
    'Satisfied: {{rate}} % ({{successes}}/{{n}}, so-so counted), 95 % interval {{low}}–{{high}} %, target {{target}} %: {{verdict}}',
  'surveys.besideMiddle': 'With so-so counted it is {{rate}} % ({{successes}}/{{n}}).',
  'surveys.besideStrict': 'The top two levels alone are {{rate}} % ({{successes}}/{{n}}).',
  'surveys.earlier': 'The same figure in earlier rounds',
  'surveys.earlierRound': '· {{period}}: {{rate}} % (n={{n}})',
  'surveys.list': 'The latest surveys (调查 结果 and a number shows one)',
  'surveys.listed': '{{no}}. {{title}}, {{period}}, {{state}}, {{answered}} of {{invited}} people',
  'surveys.state.planned': 'planned',
  'surveys.state.open': 'open',
  'surveys.state.closing': 'closing',
  'surveys.state.closed': 'closed',
  'surveys.state.published': 'published',
  'surveys.state.cancelled': 'cancelled',
  'surveys.sample':
    'Note: a self-selected, non-probability sample. “Don’t know” and skipped are no opinion; in knowledge questions “don’t know” counts as not known.',
  'surveys.sampleShort':
    '(Answers were given freely in the groups; they do not stand for every resident.)',
  'surveys.publishHow': 'To tell the residents, send: 调查 发布 and what you will do',
  'surveys.publishing': 'Being sent to {{n}} groups.',
  'surveys.published': '[{{title}}] The results are in. {{n}} neighbours took part. Thank you!',
  'surveys.publicSatisfied': '{{rate}} % are satisfied with the community as a whole.',
  'surveys.publicNotDissatisfied': '{{rate}} % are satisfied with the community or find it so-so.',
  'surveys.publicAware': '{{rate}} % of the answers about the environment were right.',
  'surveys.publicBest': 'Best: {{text}} ({{rate}} %)',
  'surveys.publicWorst': 'To be improved: {{text}} ({{rate}} %)',
  'surveys.publicMeasures': 'What we will do: {{measures}}',
  'surveys.choice': '· 调查 开始 {{word}}',
  'surveys.verdict.met': 'met',
  'surveys.verdict.metSmall': 'met, but too few people to be sure',
  'surveys.verdict.notMetClose': 'not met, but within the margin of error',
  'surveys.verdict.notMet': 'not met',
  'surveys.verdict.none': 'no answers yet',
  'surveys.help.answer': 'answer the running survey',
  'surveys.example.answer': 'survey',
  'surveys.help.start':
    'start a round (may add 匿名 anonymous, 每户 per household, 一次问完 all at once, 7天 days)',
  'surveys.example.start': '调查 开始 满意度',
  'surveys.help.progress': 'see how many took part',
  'surveys.example.progress': '调查 进度',
  'surveys.help.end': 'end it early',
  'surveys.example.end': '调查 结束',
  'surveys.help.results': 'see the last results, or those of a round by its number',
  'surveys.example.results': '调查 结果',
  'surveys.help.list': 'see the latest rounds and their numbers',
  'surveys.example.list': '调查 列表',
  'surveys.help.publish': 'look at it first, then tell residents the results and what you will do',
  'surveys.example.publish': '调查 发布 下月起每周检查垃圾房',
  'surveys.help.cancel': 'cancel the running round, after a code',
  'surveys.example.cancel': '调查 取消',
  'surveys.error.unknown': 'There is no questionnaire “{{survey}}”.',
  'surveys.error.number': 'There is no round {{no}}. Say 调查 列表 for the numbers.',
  'surveys.error.busy':
    '[{{title}}] is still running, until {{day}} {{time}}. Start the next one after it, or send 调查 结束 or 调查 取消 first.',
  'surveys.error.noGroup': 'No group of residents is enabled, so there is nobody to ask.',
  'surveys.error.already': '[{{title}}] has just been opened. Please try again in a minute.',
  'surveys.error.which': 'Which one? Send one of these',
  'surveys.error.days': 'Please give 1 to {{max}} days.',
  'surveys.error.nobody': 'Nobody answered this round; there is nothing to publish.',
  'surveys.error.published': 'This round is published already.',
  'surveys.error.long': 'That is too long. Please use at most {{max}} characters.',
  'surveys.beside':
    'Another {{n}} had not been invited (they joined after the start, or answered on paper) and are not in the response rate.',
  'surveys.household':
    'This time each household counts once; the later answer of a family stands. Confirm your home with “my address” in a direct chat, so that families are known.',
  'surveys.howMany':
    'You may choose several: send their digits in one go, for example: {{example}}',
  'surveys.howAllPrivate':
    'Some of these questions take more than one digit. Please send {{bot}} “survey” in a direct chat and answer them one by one.',
  'surveys.itemOptions': '{{no}}. {{text}} {{options}}',
  'surveys.preview': 'Not sent yet. This is what {{n}} groups will read',
  'surveys.previewText': '——————\n{{text}}\n——————',
  'surveys.noMeasures':
    'It does not say yet what we will do. To say it, send for example: 调查 发布 We check the bins every week from next month',
  'surveys.confirmHow': 'If it is right, reply: 确认 {{code}} (within {{minutes}} minutes)',
  'surveys.error.codeLate': 'This code has run out. Please send {{command}} once more.',
  'surveys.about.how':
    'Reply to a question with one number, such as “4”. Say “don’t know” if you are not sure, or “skip”. In a direct chat “survey” goes through them one by one.',
  'surveys.about.long': 'There are {{n}} questions; about {{minutes}} minutes.',
  'surveys.about.named':
    'It is not anonymous: I keep who answered, so that you can change it. Answers are only added up, and nobody is told who answered what; in the group everybody there can read yours.',
  'surveys.about.change': 'Yes. Just answer again before it ends; the later answer counts.',
  'surveys.about.until': '[{{title}}] runs until {{day}} {{time}}.',
  'surveys.about.must':
    'No, you need not. Answer if you like, or only some of it. To be left alone, reply “stop”.',
  'surveys.about.results': 'It ends {{day}} {{time}}; afterwards the groups are told the results.',
  'surveys.offer':
    '[{{title}}] is not finished yet. Please read this question and reply with a number.',
  'surveys.forResidents': 'This survey asks residents only; staff are not counted.',
}
