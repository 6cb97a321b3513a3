import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '../../bot/cli/main.ts'
import { contentRoot } from '../../content/load.ts'
import { databasePath } from '../../db/files.ts'
import { openDb, openReadOnly } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import { raw } from '../db/support.ts'
import { dataFolder, NOON, runCli, startInProcess } from '../support/program.ts'
import { xlsx } from './xlsx.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof dataFolder>
let data: string

beforeEach(() => {
  folder = dataFolder()
  data = join(folder.path, 'data')
})

afterEach(() => folder[Symbol.dispose]())

/** Runs one command in this process, which is quicker than in one of its own. */
async function linli(words: string, settings: Record<string, string> = {}) {
  const args = words.split(' ').filter((word) => word !== '')
  const env = { LINLI_DATA: data, LINLI_SANDBOX_NOW: NOON, ...settings }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const said = { out: '', err: '' }
  const hear = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    said[where] += String(text)
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(hear('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(hear('err'))
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await run(['node', 'linli', ...args])
    const code = process.exitCode ?? 0
    expect(said.err).not.toMatch(/\n +at |node:internal/)
    return { code, ...said }
  } finally {
    process.exitCode = before
    out.mockRestore()
    err.mockRestore()
    vi.unstubAllEnvs()
  }
}

const file = (name: string) => join(folder.path, name)

function save(name: string, content: string | Buffer): string {
  writeFileSync(file(name), content)
  return file(name)
}

describe('help', () => {
  it('names every command and where the settings are', async () => {
    const { code, out } = await linli('--help')
    expect(code).toBe(0)
    for (const command of [
      ...['start', 'check', 'doctor', 'migrate', 'backup', 'restore'],
      ...['staff add', 'room code', 'lectures import'],
    ]) {
      expect(out).toContain(command)
    }
    expect(out).toContain('.env.example')
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  })

  it('is given for one command', async () => {
    const { code, out } = await linli('staff add --help')
    expect(code).toBe(0)
    expect(out).toContain('--role <role>')
  })

  it.each(['', 'nonsense', 'staff', 'staff add --name 林小满', 'restore', 'start now'])(
    'or one line answers words that make no command: %s',
    async (words) => {
      const { code, out, err } = await linli(words)
      expect(code).toBe(1)
      expect(out).toBe('')
      expect(err).toMatch(/^(error: .+|Usage: linli[\s\S]+)\n$/)
    },
  )
})

describe('in a process of its own', () => {
  it('a command ends with its status, and its words on the right stream', async () => {
    const env = { LINLI_DATA: data }
    expect(await runCli(['migrate'], env)).toMatchObject({ code: 0, err: '' })
    const wrong = await runCli(['migrate'], { ...env, LINLI_PORT: 'x' })
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toMatch(/^These settings are wrong:\n {2}LINLI_PORT: .+\n$/)
  })

  it('reads a file .env where it is started; the environment comes first', async () => {
    save('.env', 'LINLI_PORT=x\nLINLI_TZ=y\n')
    const { code, err } = await runCli(['check'], { LINLI_TZ: 'Asia/Shanghai' }, folder.path)
    expect(code).toBe(1)
    expect(err).toContain('LINLI_PORT')
    expect(err).not.toContain('LINLI_TZ')
  })
})

describe('check', () => {
  it('finds nothing wrong with what comes along', async () => {
    const { code, out } = await linli('check')
    expect(code).toBe(0)
    expect(out).toContain('Settings: fine')
    expect(existsSync(data)).toBe(false)
  })

  it('lists all settings that are wrong', async () => {
    const { code, out, err } = await linli('check', {
      LINLI_PORT: 'x',
      LINLI_TZ: 'y',
      LINLI_O: 'z',
    })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    for (const name of ['LINLI_PORT', 'LINLI_TZ', 'LINLI_O']) expect(err).toContain(`  ${name}: `)
  })

  it('lists what is wrong with the content: file, line, path, what was expected', async () => {
    const content = file('content')
    cpSync(contentRoot(), content, { recursive: true })
    const spoil = (name: string, from: RegExp, to: string) => {
      const path = join(content, name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
    }
    spoil('programmes/law.yaml', /starts: .*/, 'starts: 25:00')
    spoil('rules/chat.yaml', /roomSeconds: .*/, 'roomSeconds: many')
    const { code, err } = await linli('check', { LINLI_CONTENT: content })
    expect(code).toBe(1)
    expect(err).toMatch(/^programmes\/law\.yaml:\d+: starts: expected a time .*"25:00"$/m)
    expect(err).toMatch(/^rules\/chat\.yaml:\d+: pacing\.roomSeconds: expected a number.*"many"$/m)
  })
})

describe('the database', () => {
  it('is made, backed up, and put back', async () => {
    expect(await linli('backup')).toMatchObject({ code: 1, err: expect.stringContaining(data) })
    expect(await linli('migrate')).toMatchObject({ code: 0 })
    {
      using db = openDb(data)
      db.tx((tx) =>
        tx.run(
          raw(
            "INSERT INTO code VALUES ('a','room','{}','2026-11-24T04:00:00.000Z','2026-11-24T04:00:00.000Z',NULL)",
          ),
        ),
      )
    }
    const hash = createHash('sha256').update('a photo').digest('hex')
    const photo = join(data, 'media', hash.slice(0, 2), `${hash}.jpg`)
    mkdirSync(dirname(photo), { recursive: true })
    writeFileSync(photo, 'a photo')
    const copy = file('copy.sqlite')
    expect(await linli(`backup ${copy}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining(copy),
    })
    expect(await linli(`backup ${copy}`)).toMatchObject({
      code: 1,
      err: expect.stringContaining(copy),
    })
    {
      using db = openDb(data)
      db.tx((tx) => tx.run(raw('DELETE FROM code')))
    }
    rmSync(join(data, 'media'), { recursive: true })
    const { code, out } = await linli(`restore ${copy}`)
    expect(code).toBe(0)
    const kept = readdirSync(data).find((name) => name.startsWith('replaced-'))
    expect(out).toContain(kept)
    expect(readFileSync(photo, 'utf8')).toBe('a photo')
    using db = openReadOnly(databasePath(data))
    expect(db.all(q.selectFrom('code').select('hash'))).toEqual([{ hash: 'a' }])
  })

  it('is not put back from garbage', async () => {
    await linli('migrate')
    const before = readFileSync(databasePath(data))
    const garbage = save('garbage', 'garbage'.repeat(1000))
    const { code, err } = await linli(`restore ${garbage}`)
    expect(code).toBe(1)
    expect(err).toBe(`${garbage} is damaged or is no database of Linli.\n`)
    expect(readFileSync(databasePath(data)).equals(before)).toBe(true)
  })

  it('is backed up beside a running bot; nothing else may touch it', async () => {
    await using bot = await startInProcess(data)
    await bot.api.say('王秀英', '小邻 今天有什么活动', '18街坊')
    const copy = file('copy.sqlite')
    expect(await linli(`backup ${copy}`)).toMatchObject({ code: 0 })
    using db = openReadOnly(copy)
    expect(db.all(q.selectFrom('outbox').select('state'))).toHaveLength(1)
    for (const words of [`restore ${copy}`, 'migrate', 'staff add --name 林小满 --role staff']) {
      const { code, err } = await linli(words)
      expect(code).toBe(1)
      expect(err).toContain('Another Linli already uses the data folder')
    }
    const doctor = await linli('doctor')
    expect(doctor).toMatchObject({ code: 0, out: expect.stringContaining('no backup yet') })
  })

  it('goes among the automatic backups when no file is named, and doctor looks at it', async () => {
    await linli('migrate')
    expect((await linli('backup')).out).toContain(join(data, 'backups', 'linli-'))
    const { code, out } = await linli('doctor')
    expect(code).toBe(0)
    expect(out).toMatch(/^ok {3}the last backup is of .*\nok {3}it is sound$/m)
    const [name = ''] = readdirSync(join(data, 'backups')).filter((n) => n.endsWith('.sqlite'))
    writeFileSync(join(data, 'backups', name), 'garbage')
    expect((await linli('doctor')).out).toMatch(/^BAD {2}it cannot be restored: .*damaged/m)
  })
})

describe('doctor', () => {
  it('finds nothing wrong on a fresh machine', async () => {
    const { code, out } = await linli('doctor')
    expect(code).toBe(0)
    expect(out).not.toMatch(/^BAD/m)
    expect(existsSync(data)).toBe(false)
  })

  it('shows what needs a person', async () => {
    await using bot = await startInProcess(data)
    for (const text of ['今天有什么活动', '本周活动']) await bot.api.say('王秀英', text)
    bot.app.db.tx((tx) => {
      tx.run(
        q
          .updateTable('outbox')
          .set({ state: 'unknown' })
          .where('id', '=', 1 as never),
      )
      tx.run(
        q
          .updateTable('outbox')
          .set({ state: 'failed' })
          .where('id', '=', 2 as never),
      )
    })
    const { code, out } = await linli('doctor', { WECHATY_PUPPET: 'wechaty-puppet-nothing' })
    expect(code).toBe(1)
    expect(out).toMatch(/^BAD {2}outbox: 1 unknown/m)
    expect(out).toMatch(/^BAD {2}outbox: 1 failed/m)
    expect(out).toMatch(/^BAD {2}.*npm install wechaty-puppet-nothing/m)
  })

  it('says that the database is damaged and what to do', async () => {
    await linli('migrate')
    writeFileSync(databasePath(data), 'garbage'.repeat(1000))
    const { code, out } = await linli('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/^BAD {2}.*damaged.*linli restore FILE$/m)
  })
})

describe('staff add', () => {
  it('makes a code that binds one account, once', async () => {
    const { code, out } = await linli('staff add --name 林小满 --role steward --place 18街坊')
    expect(code).toBe(0)
    const words = /绑定身份 \d{6}/.exec(out)?.[0] ?? ''
    await using bot = await startInProcess(data)
    const said = async (who: string) =>
      (await bot.api.say(who, words)).map(({ text }) => text).join('\n')
    expect(await said('王秀英')).toContain('林小满')
    expect(await said('孙建国')).not.toContain('林小满')
    const staff = bot.app.db.all(q.selectFrom('resident').selectAll().where('name', '=', '林小满'))
    expect(staff).toMatchObject([{ role: 'steward', beat: '18' }])
  })

  it.each([
    ['--name 林小满 --role boss', 'owner, staff, steward, partner'],
    ['--name 林小满 --role steward --place 火星', '火星'],
  ])('refuses %s', async (options, reason) => {
    const { code, err } = await linli(`staff add ${options}`)
    expect(code).toBe(1)
    expect(err).toContain(reason)
    expect(err.trimEnd()).not.toContain('\n')
  })
})

describe('staff sign-in', () => {
  it('prints a code for the console while Linli runs, and when it is stopped', async () => {
    {
      await using _ = await startInProcess(data)
      const { code, out } = await linli('staff sign-in --name 张主任')
      expect([code, /\b\d{6}\b/.test(out)]).toEqual([0, true])
    }
    expect((await linli('staff sign-in --name 张主任')).code).toBe(0)
    using db = openDb(data)
    const audited = db.all(q.selectFrom('audit').select('action'))
    expect(audited.filter(({ action }) => action === 'console.printed-code')).toHaveLength(2)
  })

  it('refuses who is not there, and a folder without a database', async () => {
    expect(await linli('staff sign-in --name 张主任')).toMatchObject({ code: 1, out: '' })
    expect(existsSync(databasePath(data))).toBe(false)
    await linli('staff add --name 林小满 --role staff')
    expect((await linli('staff sign-in --name 某人')).err).toContain('Nobody of staff')
    expect((await linli('staff sign-in --name 林小满')).err).toContain('no PIN yet')
  })
})

describe('room code', () => {
  it('makes a code to say in the group', async () => {
    const { code, out } = await linli('room code --place 28街坊')
    expect(code).toBe(0)
    expect(out).toMatch(/绑定本群 \d{6}/)
  })

  it('refuses a place that is not there', async () => {
    expect(await linli('room code --place 火星')).toMatchObject({
      code: 1,
      err: 'There is no place "火星" on the community\'s map.\n',
    })
  })
})

describe('lectures import', () => {
  const CSV = '日期,题目,老师\n2026-12-02,冬季养生,王医生\n2026/12/9,"用药\n安全",李药师\n'
  const READ = '2026-12-02  冬季养生  王医生\n2026-12-09  用药 安全  李药师\n'

  const saved = () => {
    using db = openDb(data)
    return db.all(
      q.selectFrom('lecture').select(['week_on', 'topic', 'speaker']).orderBy('week_on'),
    )
  }

  it('saves a table, and saves it again without doubling it', async () => {
    const plan = save('plan.csv', CSV)
    expect(await linli(`lectures import ${plan}`)).toMatchObject({
      code: 0,
      out: `${READ}Lectures saved: 2\n`,
    })
    await linli(`lectures import ${plan}`)
    expect(saved()).toEqual([
      { week_on: '2026-11-30', topic: '冬季养生', speaker: '王医生' },
      { week_on: '2026-12-07', topic: '用药 安全', speaker: '李药师' },
    ])
  })

  it.each<[string, () => string | Buffer]>([
    ['UTF-8 with a byte order mark', () => `\uFEFF${CSV}`],
    ['GBK', () => gbk(CSV)],
    [
      'a spreadsheet',
      () =>
        xlsx([
          ['日期', '题目', '老师'],
          [46_358, '冬季养生', '王医生'],
          ['2026-12-09', '用药 安全', '李药师'],
        ]),
    ],
  ])('reads %s, and saves nothing when it is only to show it', async (_, content) => {
    const plan = save('plan', content())
    const { code, out } = await linli(`lectures import ${plan} --dry-run`)
    expect({ code, out }).toEqual({ code: 0, out: `${READ}Lectures read, none saved: 2\n` })
    expect(existsSync(data)).toBe(false)
  })

  it.each<[string, () => string | Buffer]>([
    ['a CSV file', () => `${CSV}\n不是日期,题目,老师\n2026-12-16,,老师\n`],
    [
      'a spreadsheet',
      () =>
        xlsx([
          ['日期', '题目', '老师'],
          ['2026-12-02', '冬季养生', '王医生'],
          [],
          [],
          [],
          ['不是日期', '题目', '老师'],
          ['2026-12-16', '', '老师'],
        ]),
    ],
  ])('saves nothing of %s with a fault, and says on which line', async (_, content) => {
    const plan = save('plan', content())
    const { code, err } = await linli(`lectures import ${plan}`)
    expect(code).toBe(1)
    expect(err).toBe(
      `${plan} was not imported:\n  line 6: expected a date such as 2026-12-02, found "不是日期"\n  line 7: expected a topic\n`,
    )
    expect(existsSync(data)).toBe(false)
  })

  it.each<[string, string, string | Buffer]>([
    ['an open quote', 'line 2', '日期,题目,老师\n"2026-12-02,冬季养生'],
    ['no columns', 'line 1', 'a,b,c\n'],
    ['a broken spreadsheet', 'neither a CSV nor an XLSX', 'PK\x03\x04 garbage'],
  ])('refuses %s', async (_, reason, content) => {
    const { code, err } = await linli(`lectures import ${save('plan', content)}`)
    expect(code).toBe(1)
    expect(err).toContain(reason)
  })

  it('refuses a programme without a lecture plan, and a file that is not there', async () => {
    const plan = save('plan.csv', CSV)
    expect(await linli(`lectures import ${plan} --programme law`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('weekly-lesson'),
    })
    expect(await linli('lectures import nowhere.csv')).toMatchObject({ code: 1 })
  })
})

/** `text` in the encoding of Chinese spreadsheet programs. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const bytes = new Map<string, number[]>()
  for (let high = 0x81; high < 0xff; high++) {
    for (let low = 0x40; low < 0xff; low++) {
      bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
    }
  }
  return Buffer.from([...text].flatMap((c) => bytes.get(c) ?? [c.charCodeAt(0)]))
}

describe('an older Node', () => {
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (path) => existsSync(path) && /^v(1\d|20|21)\./.test(String(execFileSync(path, ['--version']))),
  )

  it.runIf(old)('is told what to do, in one line', () => {
    const cli = join(import.meta.dirname, '../../dist/bot/cli.js')
    const { status, stdout, stderr } = spawnSync(old ?? '', [cli, 'start'], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^Linli needs Node 22\.12 or newer; this is v\d+.*npm ci.*\n$/)
  })
})
