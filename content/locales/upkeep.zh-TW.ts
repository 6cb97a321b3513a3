import type { upkeepZhCN } from './upkeep.zh-CN.ts'

export const upkeepZhTW: Readonly<Record<keyof typeof upkeepZhCN, string>> = {
  'health.backup.failedNotice':
    '昨晚的自動備份沒有做成。請讓管電腦的人看看工作臺的「運行」頁面，上面寫著原因。',
  'health.backup.failed': '{{when}} 的備份沒有做成，一小時後自動再試。原因：{{why}}',
  'health.backup.late': '已經兩天多沒有新的備份了。',
  'health.backup.checked': '{{when}}（{{size}} MB），檢查過，完好',
  'health.backup.none': '還沒有',
  'health.backup.folder': '備份放在',
  'health.backup.off': '沒有開自動備份（LINLI_BACKUP_AT=off）',
  'health.version': '版本',
  'health.uptime': '已運行',
  'health.uptimeText': '{{days}} 天 {{hours}} 小時 {{minutes}} 分鐘',
  'health.disk': '磁碟剩餘',
  'health.diskText': '{{gb}} GB',
  'health.diskLow': '磁碟快滿了，只剩 {{mb}} MB。滿了以後，新的訊息和備份都存不下來。',
  'health.offline': '聊天連線斷開了，群裡暫時收不到訊息。',
  'health.scan': '帳號要重新掃碼登入，請到「運行」頁面。',
  'health.warnings': '運行提醒',
}
