// Starts the built program as an operator would, with a data folder and a port of its own, asks it something in the
// sandbox, and stops it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const data = mkdtempSync(join(tmpdir(), 'linli-'))
const program = spawn(
  'env',
  [`LINLI_DATA=${data}`, 'LINLI_PORT=0', process.execPath, 'dist/bot/cli.js', 'start'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const ended = once(program, 'exit')

/** The address and the token that the program prints once it is ready. */
async function ready() {
  for await (const line of createInterface({ input: program.stdout })) {
    process.stdout.write(`  ${line}\n`)
    const [, url, token] = /(http:\S+)\/sandbox\/#token=(\S+)/.exec(line) ?? []
    if (url) return { url, token }
  }
  throw new Error('the program ended before it was ready')
}

async function json(url, options) {
  const answer = await fetch(url, options)
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return answer.json()
}

async function ask({ url, token }) {
  const headers = { authorization: `Bearer ${token}` }
  const health = await json(`${url}/healthz`)
  if (health.chat !== 'online') throw new Error(`the chat is ${health.chat}`)
  const { people, rooms } = await json(`${url}/sandbox/api/state`, { headers })
  const room = rooms.find((each) => each.enabled)
  const from = room?.members.find(({ person }) => people.some(({ id }) => id === person))?.person
  const { sent } = await json(`${url}/sandbox/api/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ from, room: room?.id, text: '小邻 帮助' }),
  })
  if (sent.length === 0) throw new Error('nobody answers in the sandbox')
}

try {
  await ask(await ready())
} finally {
  program.stdout.resume()
  program.kill('SIGTERM')
  const [code] = await ended
  rmSync(data, { recursive: true, force: true })
  process.stdout.write(`the program ended with status ${code}\n`)
  if (code !== 0) process.exitCode = 1
}
