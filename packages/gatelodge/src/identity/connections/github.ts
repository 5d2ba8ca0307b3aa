// GitHub speaks OAuth 2.0 only (RFC 6749): who someone is stands in its API. With another issuer, GitHub Enterprise Server.
import type { ConnectionSetting } from '../../config/connections.ts'
import { presets } from '../../config/connections.ts'
import { digest } from '../sealing.ts'
import { textOf } from './claims.ts'
import { reasonOf } from './openid.ts'
import { boundedFetch } from './outgoing.ts'
import { isAllowed, type Profile } from './profile.ts'
import { type AskedProvider, type Failure, failed, type Provider, refusalIn } from './provider.ts'

export function githubProvider(setting: ConnectionSetting): Provider {
  const { issuer, clientId, scopes } = setting
  return {
    async address({ ties, redirect }) {
      const url = new URL(`${issuer}/login/oauth/authorize`)
      url.search = new URLSearchParams({
        ...{ client_id: clientId, redirect_uri: redirect.href, scope: scopes.join(' '), state: ties.state },
        ...{ code_challenge: digest(ties.verifier).toString('base64url'), code_challenge_method: 'S256' },
      }).toString()
      return { kind: 'address', url }
    },

    async profile(asked, answered) {
      const refusal = refusalIn(answered)
      if (refusal) return refusal
      if (answered.searchParams.get('state') !== asked.ties.state) return failed('wrong', 'state')
      try {
        const profile = await profileOf(setting, await tokenFor(setting, asked, answered))
        if ('reason' in profile) return profile
        return isAllowed(setting, profile, {}) ? { kind: 'profile', profile } : failed('not-allowed', 'only')
      } catch (error) {
        return failed(
          error instanceof Unfit ? 'wrong' : 'away',
          error instanceof Unfit ? error.message : reasonOf(error),
        )
      }
    },
  }
}

/** An answer that is no answer to what was asked. */
class Unfit extends Error {}

async function tokenFor(
  { issuer, clientId, clientSecret = '' }: ConnectionSetting,
  { ties, redirect }: AskedProvider,
  answered: URL,
): Promise<string> {
  const code = answered.searchParams.get('code')
  if (!code) throw new Unfit('no code')
  const body = new URLSearchParams({
    ...{ client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirect.href },
    ...{ code_verifier: ties.verifier, grant_type: 'authorization_code' },
  })
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await read(await boundedFetch(`${issuer}/login/oauth/access_token`, { method: 'POST', body, headers }))
  const { access_token, error } = (answer ?? {}) as { access_token?: unknown; error?: unknown }
  const token = textOf(access_token, 500)
  // It says what is wrong with status 200, too.
  if (!token) throw new Unfit(textOf(error, 60)?.replace(/[^\w.-]/g, '?') ?? 'no token')
  return token
}

async function profileOf(setting: ConnectionSetting, token: string): Promise<Profile | Failure> {
  const { issuer, trusted } = setting
  const api = issuer === presets.github.issuer ? 'https://api.github.com' : `${issuer}/api/v3`
  const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'user-agent': 'gatelodge' }
  const ask = async (path: string) => read(await boundedFetch(api + path, { headers }))
  const user = ((await ask('/user')) ?? {}) as { id?: unknown; name?: unknown; login?: unknown }
  // The number: a name can be given up, and taken by another person.
  if (!Number.isSafeInteger(user.id)) throw new Unfit('no id')
  const all = await ask('/user/emails')
  const emails = (Array.isArray(all) ? all : []) as { email?: unknown; primary?: unknown; verified?: unknown }[]
  const primary = emails.find((one) => one.primary === true) ?? emails.find((one) => one.verified === true)
  return {
    ...{ issuer, subject: String(user.id), hasSecondFactor: false },
    email: textOf(primary?.email, 1_000),
    isVerified: trusted && primary?.verified === true,
    name: textOf(user.name, 200) ?? textOf(user.login, 200),
  }
}

async function read(answer: Response): Promise<unknown> {
  if (answer.status >= 500) throw new Error(`status ${answer.status}`)
  if (answer.status !== 200) throw new Unfit(`status ${answer.status}`)
  try {
    return await answer.json()
  } catch {
    throw new Unfit('no JSON')
  }
}
