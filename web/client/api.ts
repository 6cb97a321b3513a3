import type {
  Faults,
  MessageKind,
  SandboxEvent,
  SandboxMessage,
  SandboxState,
} from '../sandbox/port.ts'
import type { ClockView } from './state.ts'

/** An answer other than the one hoped for; the message is the server's. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface Draft {
  readonly from: string
  readonly room?: string
  readonly to?: 'bot'
  readonly text?: string
  readonly mentions?: readonly string[]
  readonly quote?: string
  readonly image?: { readonly name: string; readonly base64: string }
  readonly kind?: MessageKind
}

type Where = { readonly room: string } | { readonly person: string }

export type Api = ReturnType<typeof createApi>

/** The calls of the sandbox's interface that the page makes. Every one rejects with `Failed`. */
export function createApi(token: string) {
  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`/sandbox/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Failed(response.status, await reason(response))
    return response
  }
  const get = async <T>(path: string): Promise<T> => (await request('GET', path)).json()
  const post = async <T>(path: string, body: unknown): Promise<T> =>
    (await request('POST', `api/${path}`, body)).json()
  const members = (room: string) => `rooms/${encodeURIComponent(room)}/members`

  return {
    state: () => get<SandboxState>('api/state'),
    messages: async (where: Where) =>
      (await get<{ messages: SandboxMessage[] }>(`api/messages?${new URLSearchParams(where)}`))
        .messages,
    say: (draft: Draft) => post<{ id: string; sent: SandboxMessage[] }>('messages', draft),
    recall: (id: string) => post<object>(`messages/${encodeURIComponent(id)}/recall`, {}),
    move: (to: { set: string } | { advance: string }) =>
      post<{ now: string; sent: SandboxMessage[] }>('clock', to),
    addPerson: (name: string) => post<{ id: string }>('people', { name }),
    join: (room: string, person: string) => post<object>(members(room), { person }),
    leave: async (room: string, person: string) => {
      await request('DELETE', `api/${members(room)}/${encodeURIComponent(person)}`)
    },
    relogin: (newIds: boolean) => post<object>('relogin', { newIds }),
    setFaults: (faults: Partial<Faults>) => post<object>('faults', faults),
    file: async (url: string) => (await request('GET', url.replace(/^\/sandbox\//, ''))).blob(),
    clock: () => get<ClockView>('page/clock'),
    faults: () => get<Faults>('page/faults'),
    instant: async (local: string) =>
      (await get<{ instant: string }>(`page/instant?${new URLSearchParams({ local })}`)).instant,
    events: async () => readEvents(await request('GET', 'api/events')),
  }
}

async function reason(response: Response): Promise<string> {
  try {
    const { error } = await response.json()
    const issues: readonly { path: string; message: string }[] = error.issues ?? []
    return issues.map(({ path, message }) => `${path} ${message}`).join('; ') || error.message
  } catch {
    return String(response.status)
  }
}

/** The events of a server-sent stream, until it ends. */
async function* readEvents(response: Response): AsyncGenerator<SandboxEvent> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice('data: '.length))
      if (data.length > 0) yield JSON.parse(data.join('\n')) as SandboxEvent
    }
  }
}
