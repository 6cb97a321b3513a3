import type { Puppet, PuppetOptions } from 'wechaty-puppet'
import type { Capabilities } from '../../handlers/core/ports.ts'

/** What is known of a puppet before it is loaded. */
export interface PuppetInfo {
  readonly capabilities: Capabilities
  /** What a person must have to log in with it, in Chinese for staff. */
  readonly needs: string
  /** An account that is driven this way can be banned. */
  readonly risk: boolean
  /** Its raw payload holds the words of a text that its parser cuts off. */
  readonly rawText: boolean
  /** It keeps payloads of its own, so they must be marked dirty before they are read afresh. */
  readonly caches: boolean
  /** It keeps stale contacts when the account comes back, so a logout needs a fresh instance. */
  readonly freshAfterLogout: boolean
}

const NOTHING: Capabilities = {
  stableIds: false,
  realMention: false,
  messageIds: false,
  recall: false,
  announce: false,
  file: false,
  history: false,
}

const UNKNOWN: PuppetInfo = {
  capabilities: NOTHING,
  needs: '请查看该组件的说明',
  risk: true,
  rawText: false,
  caches: true,
  freshAfterLogout: false,
}

const REMOTE = { ...NOTHING, realMention: true, messageIds: true, recall: true, file: true }

const PUPPETS = new Map<string, PuppetInfo>(
  Object.entries({
    sandbox: {
      capabilities: { ...REMOTE, announce: true, history: true },
      needs: '无需账号',
      risk: false,
      rawText: true,
      caches: false,
      freshAfterLogout: false,
    },
    'wechaty-puppet-wechat4u': {
      capabilities: { ...NOTHING, file: true },
      needs: '用手机微信扫码登录',
      risk: true,
      rawText: true,
      caches: false,
      freshAfterLogout: true,
    },
    // Whatever runs behind the gateway decides, so ids count as unstable.
    'wechaty-puppet-service': {
      capabilities: REMOTE,
      needs: '网关的地址和令牌',
      risk: false,
      rawText: false,
      caches: true,
      freshAfterLogout: false,
    },
    'wechaty-puppet-padlocal': {
      capabilities: { ...REMOTE, stableIds: true, announce: true },
      needs: 'PadLocal 令牌',
      risk: true,
      rawText: false,
      caches: false,
      freshAfterLogout: false,
    },
  }),
)

/** What is known of the puppet with this npm name; the least for a name that is not in the table. */
export function puppetInfo(name: string): PuppetInfo {
  return PUPPETS.get(name) ?? UNKNOWN
}

/** Thrown when a puppet's package is not installed; the message is one line for the operator. */
export class PuppetMissing extends Error {
  override readonly name = 'PuppetMissing'
  constructor(name: string, cause?: unknown) {
    super(`The puppet ${name} is not installed. Install it with: npm install ${name}`, { cause })
  }
}

/** Thrown when a package is there and is no usable puppet; the message is one line for the operator. */
export class PuppetUnusable extends Error {
  override readonly name = 'PuppetUnusable'
  constructor(name: string, why: string, cause?: unknown) {
    super(`The package ${name} cannot be used as a puppet: ${why}`, { cause })
  }
}

export type PuppetClass = new (options?: PuppetOptions) => Puppet

function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  const notFound = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
  return notFound && error.message.includes(`'${name}'`)
}

/** A CommonJS package wraps its default export once or twice more. */
function defaultExport(module: unknown): unknown {
  let found = module
  for (let depth = 0; depth < 3 && typeof found === 'object' && found !== null; depth++) {
    found = 'default' in found ? found.default : undefined
  }
  return found
}

function isPuppetClass(value: unknown): value is PuppetClass {
  const proto: unknown = typeof value === 'function' ? value.prototype : undefined
  return typeof proto === 'object' && proto !== null && 'onStart' in proto && 'onStop' in proto
}

/**
 * Imports a puppet's package when it is chosen, not before.
 * @throws PuppetMissing, PuppetUnusable
 */
export async function loadPuppet(
  name: string,
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<PuppetClass> {
  let module: unknown
  try {
    module = await load(name)
  } catch (error) {
    if (isMissing(error, name)) throw new PuppetMissing(name, error)
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new PuppetUnusable(name, why, error)
  }
  const found = defaultExport(module)
  if (!isPuppetClass(found)) throw new PuppetUnusable(name, 'it exports no puppet class')
  return found
}
