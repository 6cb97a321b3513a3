/** Source wording of the health and settings pages: keys and placeholders are types. */
export const upkeepZhCN = {
  'health.backup.failedNotice':
    '昨晚的自动备份没有做成。请让管电脑的人看看工作台的“运行”页面，上面写着原因。',
  'health.backup.failed': '{{when}} 的备份没有做成，一小时后自动再试。原因：{{why}}',
  'health.backup.late': '已经两天多没有新的备份了。',
  'health.backup.checked': '{{when}}（{{size}} MB），检查过，完好',
  'health.backup.none': '还没有',
  'health.backup.folder': '备份放在',
  'health.backup.off': '没有开自动备份（LINLI_BACKUP_AT=off）',
  'health.version': '版本',
  'health.uptime': '已运行',
  'health.uptimeText': '{{days}} 天 {{hours}} 小时 {{minutes}} 分钟',
  'health.disk': '磁盘剩余',
  'health.diskText': '{{gb}} GB',
  'health.diskLow': '磁盘快满了，只剩 {{mb}} MB。满了以后，新的消息和备份都存不下来。',
  'health.offline': '聊天连接断开了，群里暂时收不到消息。',
  'health.scan': '账号要重新扫码登录，请到“运行”页面。',
  'health.warnings': '运行提醒',
} as const
