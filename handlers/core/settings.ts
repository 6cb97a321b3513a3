import { createCalendar } from '../../content/calendar.ts'
import type { Content } from '../../content/schema.ts'
import {
  type Effective,
  effectiveContent,
  type Setting,
  type SettingValue,
  settingsOf,
} from '../../content/settings.ts'
import type { Instant, Zone } from '../../content/time.ts'
import {
  changedSettings,
  deleteChangedSetting,
  putChangedSetting,
} from '../../db/queries/changed-setting.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import type { Command, Env, Look, Work } from './feature.ts'
import type { Random } from './ports.ts'

export interface EnvParts {
  readonly files: Content
  readonly zone: Zone
  readonly random: Random
  readonly commands: readonly Command[]
  /** Where the changed settings are; without it the files hold. */
  readonly db?: Reader
}

/**
 * The environment of the program. Its content is that of the files with the settings that staff have changed; it is made
 * anew by `refresh`, after the transaction that changes one, and by nothing else.
 */
export function createEnv({ files, zone, random, commands, db }: EnvParts): Env {
  const read = (): Effective =>
    effectiveContent(files, new Map((db ? changedSettings(db) : []).map((s) => [s.name, s.value])))
  let effective = read()
  return {
    files,
    get content() {
      return effective.content
    },
    get unfit() {
      return effective.unfit
    },
    calendar: createCalendar(files.calendarRules),
    zone,
    random,
    commands,
    refresh: () => {
      effective = read()
    },
  }
}

export interface SettingView {
  readonly setting: Setting
  readonly value: SettingValue
  /** What the file says. */
  readonly inFile: SettingValue
  /** Missing where the file holds. */
  readonly changed?: { readonly at: Instant; readonly by: string | null }
}

/** All settings with what holds now, what the file says, and who has changed it. */
export function settingViews({ db, env }: Look): SettingView[] {
  const changed = new Map(changedSettings(db).map((s) => [s.name, s]))
  return settingsOf(env.files).map((setting) => {
    const row = env.unfit.includes(setting.name) ? undefined : changed.get(setting.name)
    return {
      setting,
      value: setting.read(env.content),
      inFile: setting.read(env.files),
      ...(row && { changed: { at: row.at, by: row.by } }),
    }
  })
}

/** Sets the setting of that name; what is as in the file counts as unchanged. Whether there is one and the value fits. */
export function changeSetting(
  work: Work,
  by: ResidentId,
  name: string,
  value: SettingValue,
): boolean {
  const { tx, now, env } = work
  const found = settingsOf(env.files).find((s) => s.name === name)
  const content = found?.write(env.content, value)
  if (found === undefined || content === undefined) return false
  const [from, to] = [env.content, content].map((c) => JSON.stringify(found.read(c)))
  if (from === to) return true
  if (to === JSON.stringify(found.read(env.files))) deleteChangedSetting(tx, name)
  else putChangedSetting(tx, { name, value: found.read(content), at: now, by })
  audit(tx, {
    at: now,
    by,
    action: 'setting.change',
    subject: name,
    details: { from: from ?? '', to: to ?? '' },
  })
  tx.afterCommit(env.refresh)
  return true
}

/** Back to what the file says. */
export function resetSetting(work: Work, by: ResidentId, name: string): void {
  const { tx, now, env } = work
  deleteChangedSetting(tx, name)
  audit(tx, { at: now, by, action: 'setting.reset', subject: name })
  tx.afterCommit(env.refresh)
}
