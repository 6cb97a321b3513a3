/**
 * The browser's counterpart of content/time.ts, for showing only: moments come from the server as
 * UTC text, and the server turns what a field holds back into a moment.
 */
export interface Calendar {
  /** `11月23日 周一 19:00` */
  full(instant: string): string
  /** As a chat stamps it: `19:00` today, `昨天 19:00`, else with the day. */
  stamp(instant: string, now: string): string
  /** `2026-11-23T19:00`, as a date-time field wants it. */
  field(instant: string): string
}

const DAY_MS = 86_400_000

/** @param zone an IANA name; every text is a reading of a clock there */
export function createCalendar(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('zh-CN', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const read = (ms: number) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map((p) => [p.type, p.value]))
    const { year = '', month = '', day = '', weekday = '', hour = '', minute = '' } = parts
    return {
      date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      day: `${month}月${day}日 ${weekday}`,
      time: `${hour}:${minute}`,
    }
  }
  const full = (instant: string) => {
    const { day, time } = read(Date.parse(instant))
    return `${day} ${time}`
  }
  return {
    full,
    stamp(instant, now) {
      const { date, time } = read(Date.parse(instant))
      if (date === read(Date.parse(now)).date) return time
      return date === read(Date.parse(now) - DAY_MS).date ? `昨天 ${time}` : full(instant)
    },
    field(instant) {
      const { date, time } = read(Date.parse(instant))
      return `${date}T${time}`
    },
  }
}

/** Whether so long passed between two messages that a chat stamps the second one. */
export function isPause(before: string, after: string): boolean {
  return Date.parse(after) - Date.parse(before) > 5 * 60_000
}
