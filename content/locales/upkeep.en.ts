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
}
