import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PuppetServer } from 'wechaty-puppet-service'
import { SandboxPuppet } from '../../bot/sandbox/puppet.ts'
import { loadPuppet, puppetInfo } from '../../bot/wechaty/puppets.ts'
import { createTown, manualTimers, NOW, type Town } from './wechaty-support.ts'

const NAME = 'wechaty-puppet-service'
/** The server's certificate name, which the client reads off the token even without TLS. */
const TOKEN = 'insecure_test-token'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'linli-grpc-'))
  // The client keeps what it has looked up under the home folder.
  vi.stubEnv('HOME', home)
  vi.stubEnv('WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT', 'true')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true, force: true })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

interface Gateway extends AsyncDisposable {
  readonly town: Town
  readonly timers: ReturnType<typeof manualTimers>
  /** The puppet at the other end. */
  remote(): SandboxPuppet
  /** The gateway goes away, and with it the connection to its account. */
  fail(): Promise<void>
  /** It is back, with a fresh puppet on the same account. */
  comeBack(): Promise<void>
}

/** The sandbox's puppet behind a gateway, and the network as its client. */
async function openGateway(): Promise<Gateway> {
  const endpoint = `127.0.0.1:${await freePort()}`
  const Client = await loadPuppet(NAME)
  const timers = manualTimers()
  const town = createTown({
    puppetName: NAME,
    capabilities: puppetInfo(NAME).capabilities,
    makePuppet: async () => new Client({ endpoint, token: TOKEN }),
    schedule: timers.schedule,
  })
  let puppet: SandboxPuppet
  let server: PuppetServer

  async function comeBack(): Promise<void> {
    const options = { name: '小邻', faults: town.faults, offline: 'lose' } as const
    puppet = new SandboxPuppet(town.world, options)
    puppet.on('error', () => {})
    server = new PuppetServer({ endpoint, puppet, token: TOKEN, tls: { disable: true } })
    await server.start()
  }

  await comeBack()
  await town.network.start()
  await town.record.until(/^health online/)
  return {
    town,
    timers,
    remote: () => puppet,
    comeBack,
    async fail() {
      await server.stop()
      await puppet.stop()
    },
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]()
      await server.stop()
    },
  }
}

describe('a puppet on another machine', () => {
  it('brings what people say and takes what the bot answers', async () => {
    await using gateway = await openGateway()
    const { town } = gateway
    const { chat } = town.network
    town.onMessage = async ({ room, sender, text }) => {
      const to = room ? { room: room.platformId } : { person: sender.platformId }
      await chat.send(to, `收到：${text}`)
    }
    const message = await town.say('p1', 'r1', '@小邻 楼道灯坏了', { mentions: ['bot'] })
    await town.say('p2', undefined, '您好')
    expect(message).toMatchObject({
      room: { topic: '18街坊' },
      sender: { name: '张三', alias: '3-502 张' },
      mentions: { self: true, all: false, others: false },
    })
    expect(message.at > NOW).toBe(true)
    const said = town.world.messages().filter(({ from }) => from === 'bot')
    expect(said.map((each) => [each.room ?? each.to, each.text])).toEqual([
      ['r1', '收到：@小邻 楼道灯坏了'],
      ['p2', '收到：您好'],
    ])
  })

  it('shows a room as it is now, though nobody told that it changed', async () => {
    await using gateway = await openGateway()
    const { chat } = gateway.town.network
    const id = gateway.town.views.find(({ topic }) => topic === '18街坊')?.platformId ?? ''
    const remote = gateway.remote()
    const member = remote.roomMemberRawPayload.bind(remote)
    remote.roomMemberRawPayload = async (room, person) => {
      const found = await member(room, person)
      return found && { ...found, roomAlias: `新${found.name}` }
    }
    const room = await chat.room(id)
    expect(room?.members.map(({ alias }) => alias)).toEqual([
      '新张三',
      '新李四',
      '新王五',
      '新小邻',
    ])
  })

  it('is found again after its gateway was away', async () => {
    await using gateway = await openGateway()
    const { town, timers } = gateway
    await gateway.fail()
    await town.record.until(/^health offline/)
    expect(town.network.chat.online).toBe(false)
    await gateway.comeBack()
    await timers.until(1_000)
    // The first client closes its files within the second that has not really passed.
    vi.stubEnv('HOME', join(home, 'again'))
    timers.fire(1_000)
    await town.record.until(/^health online/, 2)
    expect((await town.say('p1', 'r1', '还在吗')).text).toBe('还在吗')
  })
})
