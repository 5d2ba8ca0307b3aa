// The API for programs in JavaScript: a function for each operation, typed, and nothing but fetch. Its own floor: it knows
// nothing of the server, and runs in a browser, in Node, in Deno, in Bun and in React Native.
import { type AdminOperations, adminRoutes, type Operations, routes } from './operations.ts'

export type { AdminOperations, AnyCode, Operations } from './operations.ts'

export interface ClientOptions {
  /** Where Gatelodge is: `https://accounts.example.org`. Left out, it is the site of the page; below a path `/auth`. */
  baseUrl?: string
  /** The bearer token kept from the time before. */
  token?: string | undefined
  /** Called with each new bearer token, and with undefined when the token is invalid: store it, or delete it. */
  onToken?(token: string | undefined): void
  fetch?: typeof fetch
}

/** RFC 9457. */
export interface Problem<Code extends string> {
  title: string
  status: number
  /** Stable: decide by it. `not-understood`: the answer was not one of ours, but a proxy's, say. */
  code: Code | 'not-understood'
  /** What is not right with which field, in words for people. */
  errors?: { field: string; code: string; message: string }[]
}

/** What an operation takes and gives. */
interface Typed {
  input: unknown
  output: unknown
  code: string
}

type AnswerOf<One extends Typed> =
  | { ok: true; status: number; body: One['output'] }
  | {
      ok: false
      status: number
      problem: Problem<One['code']>
      /** Seconds to wait, if the answer says it. */
      retryAfter?: number
    }

export type Answer<Id extends keyof Operations> = AnswerOf<Operations[Id]>

type Call<One extends Typed> = [One['input']] extends [undefined]
  ? () => Promise<AnswerOf<One>>
  : undefined extends One['input']
    ? (input?: One['input']) => Promise<AnswerOf<One>>
    : (input: One['input']) => Promise<AnswerOf<One>>

/** What is refused is an answer; a promise is rejected only where nothing could be reached. */
export type Client = { [Id in keyof Operations]: Call<Operations[Id]> }
export type AdminClient = { [Id in keyof AdminOperations]: Call<AdminOperations[Id]> }

export function createClient(options: ClientOptions = {}): Client {
  return callsOf(routes, options) as Client
}

/** For programs of the people who run the site. Never on a page: the key would be everyone's. */
export function createAdminClient({
  key,
  ...options
}: { key: string } & Pick<ClientOptions, 'baseUrl' | 'fetch'>): AdminClient {
  return callsOf(adminRoutes, { ...options, token: key }) as AdminClient
}

function callsOf(all: Record<string, string>, options: ClientOptions): object {
  const { baseUrl = '', onToken, fetch: send = fetch } = options
  let { token } = options
  const keep = (next: string | undefined) => {
    token = next
    onToken?.(next)
  }

  async function call(id: string, route: string, input: object = {}) {
    const [method = '', path] = route.split(' ')
    const sent = token
    const query = method === 'GET' ? queryOf(input) : ''
    const answer = await send(`${baseUrl}/api/v1${path}${query}`, {
      method,
      // Never both of them: which is meant would be a guess.
      credentials: sent ? 'omit' : 'same-origin',
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(sent && { authorization: `Bearer ${sent}` }),
      },
      ...(method === 'POST' && { body: JSON.stringify(input) }),
    })
    const { ok, status } = answer
    const body = (await answer.json().catch(() => undefined)) as { token?: string; code?: string } | undefined
    if (ok) {
      if (body?.token) keep(body.token)
      else if (sent && sent === token && /^(logOut|deleteAccount)$/.test(id)) keep(undefined)
      return { ok, status, body }
    }
    const problem = body?.code ? body : { title: '', status, code: 'not-understood' }
    // Unless another answer has brought a new one meanwhile.
    if (sent && sent === token && problem.code === 'login-required') keep(undefined)
    const wait = Number(answer.headers.get('retry-after'))
    return { ok, status, problem, ...(wait > 0 && { retryAfter: wait }) }
  }

  const calls = Object.entries(all).map(([id, route]) => [id, (input?: object) => call(id, route, input)])
  return Object.fromEntries(calls)
}

function queryOf(input: object): string {
  const query = new URLSearchParams(Object.entries(input)).toString()
  return query && `?${query}`
}
