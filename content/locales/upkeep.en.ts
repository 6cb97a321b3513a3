import type { upkeepZhCN } from './upkeep.zh-CN.ts'

export const upkeepEn: Readonly<Record<keyof typeof upkeepZhCN, string>> = {
  'health.backup.failedNotice':
    'The automatic backup could not be made. Please have the person who looks after the machine open “Health” in the console: the reason is there.',
  'health.backup.failed':
    'The backup of {{when}} failed; the next try comes in an hour. Reason: {{why}}',
  'health.backup.late': 'There has been no new backup for more than two days.',
  'health.backup.checked': '{{when}} ({{size}} MB), checked and sound',
  'health.backup.none': 'None yet',
  'health.backup.folder': 'Backups are in',
  'health.backup.off': 'No automatic backups (LINLI_BACKUP_AT=off)',
  'health.version': 'Version',
  'health.uptime': 'Running for',
  'health.uptimeText': '{{days}} d {{hours}} h {{minutes}} min',
  'health.disk': 'Free on the disk',
  'health.diskText': '{{gb}} GB',
  'health.diskLow':
    'The disk is almost full, {{mb}} MB are left. Once it is, neither messages nor backups can be kept.',
  'health.offline': 'The chat is offline: the groups hear nothing for now.',
  'health.scan': 'The account must be scanned again: see “Health”.',
  'health.warnings': 'Warnings',
  'settings.quiet': 'Quiet hours',
  'settings.quietHint': 'Linli starts nothing by itself in these hours; it still answers.',
  'settings.digest': 'Morning digest of activities',
  'settings.digestHint': 'Where several activities fall on a day, one message names them all.',
  'settings.approval': 'Announcements need a second person',
  'settings.approvalHint':
    'Once on, a second member of staff has to enter a new code before an announcement goes out.',
  'settings.caseDigest': 'Daily list of cases for staff',
  'settings.caseDigestHint': 'Sent to the staff group on working days.',
  'settings.automatic': 'Monthly rounds by themselves',
  'settings.automaticHint': 'When off, staff open rounds. A round that is open goes on as it is.',
  'settings.round': 'Monthly {{survey}}',
  'settings.roundHint':
    'With a question a day there must be a day for each. A month that had its round gets no second one; where the day was less than 7 days ago and there was none, it opens at once.',
  'settings.target': 'Target of {{survey}}',
  'settings.targetHint':
    'For rounds that are opened from now on; open and earlier ones keep their target.',
  'settings.population': 'Population',
  'settings.populationHint':
    'For the precision of survey results; leave out what is not known. For rounds that are opened from now on.',
  'settings.area': 'Noise area',
  'settings.areaHint':
    'Decides the noise limits. Measurements that were noted keep the limit that held.',
  'settings.field.from': 'From',
  'settings.field.to': 'To',
  'settings.field.at': 'At',
  'settings.field.on': 'On',
  'settings.field.day': 'Day of the month',
  'settings.field.days': 'For how many days',
  'settings.field.percent': 'Target (%)',
  'settings.field.people': 'People',
  'settings.field.households': 'Households',
  'settings.field.area': 'Class',
  'settings.fromFile': 'As in the file ({{file}})',
  'settings.changedBy': 'Changed by {{name}}, {{when}}; the file says: {{value}} ({{file}})',
  'settings.someone': 'somebody',
  'settings.reset': 'Back to the file',
  'settings.wrong': 'This does not fit; please see the explanation.',
  'settings.hint':
    'The owner changes these here; where nothing was changed, the content files hold. A change holds at once.',
  'settings.unfit':
    'The changed setting “{{name}}” no longer goes with the content files; the file holds.',
}
