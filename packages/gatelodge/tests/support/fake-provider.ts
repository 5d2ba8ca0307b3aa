// A provider of our own that speaks OpenID Connect, and lies where a test asks for it.
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ConnectionInput, type ConnectionSetting, connectionList } from '../../src/config/connections.ts'
import type { Page, Visitor } from './visitor.ts'

export interface Token {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** A key; or a text, for a signature made with that as its secret; or nothing, for none. */
  key: KeyObject | string | undefined
}

export interface Lies {
  /** What is wrong with the token. */
  token?(token: Token): void
  /** What it answers instead. */
  answer?(response: ServerResponse): void
  /** What is wrong with the address that the browser comes back to. */
  back?(query: URLSearchParams): void
}

export interface FakeProvider {
  issuer: string
  /** Where browsers are sent: elsewhere, where a test has it answer for another. */
  origin: string
  /** How often each of its addresses was asked. */
  asked: Record<string, number>
  /** For other lies: what it says of itself, and its keys. */
  metadata: Record<string, unknown>
  key: { id: string; pair: ReturnType<typeof newKey> }
  /** What it takes for the secret of the client. */
  isSecret(secret: string): boolean
  /** Whatever it is asked. */
  mishap: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  setting(more?: Partial<ConnectionInput>): ConnectionSetting
  /** Someone logs in there, and the browser comes back. @param from the link that leads there. */
  logIn(visitor: Visitor, claims: Record<string, unknown>, lies?: Lies, from?: string): Promise<Page>
  /** The same, up to the address that the browser comes back to. */
  goThere(visitor: Visitor, claims: Record<string, unknown>, lies?: Lies, from?: string): Promise<string>
  newKey(): void
  close(): Promise<void>
}

const clientId = 'gatelodge'
const clientSecret = 'the secret of the client'

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

export async function startFakeProvider(): Promise<FakeProvider> {
  const codes = new Map<string, { claims: Record<string, unknown>; challenge: string; lies: Lies }>()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const provider: FakeProvider = {
    issuer,
    origin: issuer,
    asked: {},
    metadata: {
      ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: ['RS256'], authorization_response_iss_parameter_supported: true },
    },
    key: { id: 'first', pair: newKey() },
    isSecret: (secret) => secret === clientSecret,
    mishap: undefined,
    setting: (more = {}) => {
      const given = { name: 'fake', label: 'Fake', issuer, clientId, clientSecret, trusted: true, ...more }
      return (connectionList.parse([given]) as ConnectionSetting[])[0] as ConnectionSetting
    },
    async goThere(visitor, claims, lies = {}, from = '/login/with/fake') {
      const leaving = await visitor.send('GET', from)
      const to = new URL(leaving.headers.get('location') ?? '', 'http://own.invalid')
      if (to.origin !== provider.origin) throw new Error(`${from} leads to ${to.href}`)
      const asked = to.searchParams
      const code = randomUUID()
      const now = Math.floor(Date.now() / 1_000)
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        claims: { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce: asked.get('nonce'), ...claims },
        lies,
      })
      const back = new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer })
      lies.back?.(back)
      return `${new URL(asked.get('redirect_uri') ?? '').pathname}?${back}`
    },
    async logIn(visitor, claims, lies, from) {
      return visitor.open(await provider.goThere(visitor, claims, lies, from))
    },
    newKey() {
      provider.key = { id: randomUUID(), pair: newKey() }
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    provider.asked[path] = (provider.asked[path] ?? 0) + 1
    if (provider.mishap?.(request, response)) return
    if (path === '/.well-known/openid-configuration') return json(response, 200, provider.metadata)
    if (path === '/keys') {
      const { id, pair } = provider.key
      return json(response, 200, { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: id, use: 'sig' }] })
    }
    if (path !== '/token') return json(response, 404, {})
    const form = new URLSearchParams(await text(request))
    const found = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isClient = form.get('client_id') === clientId && provider.isSecret(form.get('client_secret') ?? '')
    if (!found || found.challenge !== challenge || !isClient) return json(response, 400, { error: 'invalid_grant' })
    if (found.lies.answer) return found.lies.answer(response)
    const { id, pair } = provider.key
    const token: Token = { header: { alg: 'RS256', kid: id }, claims: found.claims, key: pair.privateKey }
    found.lies.token?.(token)
    return json(response, 200, { access_token: randomUUID(), token_type: 'bearer', id_token: written(token) })
  }
  return provider
}

export function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function text(request: IncomingMessage): Promise<string> {
  let all = ''
  for await (const piece of request) all += piece
  return all
}

function written({ header, claims, key }: Token): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  if (key === undefined) return `${parts}.`
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', key).update(parts).digest()
      : sign(header.alg === 'ES256' ? 'sha256' : 'RSA-SHA256', Buffer.from(parts), key)
  return `${parts}.${signature.toString('base64url')}`
}
