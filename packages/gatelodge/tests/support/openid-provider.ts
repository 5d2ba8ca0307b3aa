// A real provider, `oidc-provider`, on this machine: certified for OpenID Connect, and as strict as those that people use. Anyone who
// types a name into its page is that person.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { default as Provider } from 'oidc-provider'

export interface OpenidProvider {
  issuer: string
  close(): Promise<void>
}

/**
 * Sends browsers back to the callback of any site on this machine: its port is not known yet.
 * @param port where its own has to be known before it starts.
 */
export async function startOpenidProvider(port = 0): Promise<OpenidProvider> {
  const { default: Engine } = await import('oidc-provider')
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => {}
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  // It goes with the process that started it, closed or not.
  server.unref()
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: Provider = new Engine(issuer, {
    clients: [
      {
        ...{
          client_id: 'gatelodge',
          client_secret: 'the-secret-of-the-client',
          redirect_uris: ['http://localhost/callback'],
        },
        ...{ grant_types: ['authorization_code'], response_types: ['code'] },
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // What was asked for stands in the ID token itself.
    conformIdTokenClaims: false,
    cookies: { keys: ['for tests'] },
    findAccount: async (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: `The ${id}` }),
    }),
  })
  provider.Client.prototype.redirectUriAllowed = (uri: string) =>
    /^http:\/\/localhost:\d+\/login\/with\/work\/callback$/.test(uri)
  const engine = provider.callback()
  answer = (request, response) =>
    request.url?.startsWith('/interaction/') ? interact(provider, request, response) : engine(request, response)
  return {
    issuer,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** Its own pages: who it is, and nothing else. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  const finish = (result: object) => provider.interactionFinished(request, response, result)
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) })
    grant.addOIDCScope('openid email profile')
    return finish({ consent: { grantId: await grant.save() } })
  }
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    return
  }
  let body = ''
  for await (const piece of request) body += piece
  const login = new URLSearchParams(body).get('login')
  return finish(login ? { login: { accountId: login } } : { error: 'access_denied' })
}

const page = `<!doctype html><html lang="en"><title>Acme</title><link rel="icon" href="data:,">
<form method="post"><label>Who are you? <input name="login"></label><button>Continue</button></form>
<form method="post"><button>Cancel</button></form></html>`
