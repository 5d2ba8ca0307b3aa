// GitHub as it speaks: OAuth 2.0 only, with errors in answers of status 200, and who someone is behind its API. Set as the issuer,
// it is a GitHub Enterprise Server.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ConnectionInput, type ConnectionSetting, connectionList } from '../../src/config/connections.ts'
import { json } from './fake-provider.ts'
import type { Page, Visitor } from './visitor.ts'

export interface GithubUser {
  user: unknown
  emails: unknown
}

export interface FakeGithub {
  setting(more?: Partial<ConnectionInput>): ConnectionSetting
  /** What was asked of its API, with which headers. */
  asked: { path: string; headers: IncomingMessage['headers'] }[]
  /** Answers in place of one of its addresses. */
  instead: { path: string; answer(response: ServerResponse): void } | undefined
  logIn(visitor: Visitor, person: GithubUser, from?: string): Promise<Page>
  close(): Promise<void>
}

const client = { clientId: 'Iv1.gatelodge', clientSecret: 'the secret of the app' }

export async function startFakeGithub(): Promise<FakeGithub> {
  const codes = new Map<string, { person: GithubUser; challenge: string; redirect: string }>()
  const tokens = new Map<string, GithubUser>()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const github: FakeGithub = {
    asked: [],
    instead: undefined,
    setting: (more = {}) =>
      (connectionList.parse([{ name: 'github', issuer, ...client, ...more }]) as [ConnectionSetting])[0],
    async logIn(visitor, person, from = '/login/with/github') {
      const to = new URL((await visitor.send('GET', from)).headers.get('location') ?? '')
      if (to.origin + to.pathname !== `${issuer}/login/oauth/authorize`) throw new Error(`${from} leads to ${to.href}`)
      const query = Object.fromEntries(to.searchParams)
      if (query.client_id !== client.clientId || query.code_challenge_method !== 'S256')
        throw new Error(`asked as no app should: ${to.search}`)
      const code = randomUUID()
      const { code_challenge: challenge = '', redirect_uri: redirect = '', state = '' } = query
      codes.set(code, { person, challenge, redirect })
      return visitor.open(`${new URL(redirect).pathname}?${new URLSearchParams({ code, state })}`)
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    github.asked.push({ path, headers: request.headers })
    if (github.instead?.path === path) return github.instead.answer(response)
    if (path === '/login/oauth/access_token') return exchange(request, response)
    const person = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''))
    if (!person) return json(response, 401, { message: 'Bad credentials' })
    if (path === '/api/v3/user') return json(response, 200, person.user as object)
    if (path === '/api/v3/user/emails') return json(response, 200, person.emails as object)
    json(response, 404, {})
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const piece of request) body += piece
    const form = new URLSearchParams(body)
    const found = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isClient = form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret
    // As GitHub does: what went wrong stands in an answer of status 200.
    if (!isClient) return json(response, 200, { error: 'incorrect_client_credentials' })
    if (!found || found.challenge !== challenge || found.redirect !== form.get('redirect_uri'))
      return json(response, 200, { error: 'bad_verification_code' })
    const token = randomUUID()
    tokens.set(token, found.person)
    json(response, 200, { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' })
  }
  return github
}
