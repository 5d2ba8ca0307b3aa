// A provider that speaks OpenID Connect: the authorization code with PKCE, `state`, `nonce` and `iss` (OpenID Connect Core 1.0,
// RFC 7636, RFC 9207). The library checks the answers; what it is asked to check is here.
import type { Configuration } from 'openid-client'
import type { ConnectionSetting } from '../../config/connections.ts'
import type { Clock, Milliseconds } from '../../time.ts'
import { hours, seconds } from '../../time.ts'
import type { Claims } from './claims.ts'
import { clientSecretOf } from './client-secret.ts'
import { boundedFetch, longestAnswer } from './outgoing.ts'
import { isAllowed, profileFrom } from './profile.ts'
import { type AskedProvider, type Failure, failed, type Provider, refusalIn } from './provider.ts'

/** Loaded with the first log-in of this kind: a start does not wait for it. */
const library = () => import('openid-client')

/** What it says of itself is asked again after that long. */
const metadataLife: Milliseconds = hours(1)
/** Where it did not answer, the page says so at once for a while. */
const rest: Milliseconds = seconds(5)

export function openidProvider(setting: ConnectionSetting, clock: Clock): Provider {
  const configured = discovering(setting, clock)
  return {
    async address({ ties, redirect }) {
      const config = await configured()
      if (!('serverMetadata' in config)) return config
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library()
      const url = buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirect.href, scope: setting.scopes.join(' '), state: ties.state, nonce: ties.nonce },
        ...{ code_challenge: await calculatePKCECodeChallenge(ties.verifier), code_challenge_method: 'S256' },
        // Apple gives the address only to a form.
        ...(setting.kind === 'apple' && { response_mode: 'form_post' }),
      })
      return { kind: 'address', url }
    },

    async profile(asked, answered) {
      const refusal = refusalIn(answered)
      if (refusal) return refusal
      const config = await configured()
      if (!('serverMetadata' in config)) return config
      const claims = await claimsFrom(config, asked, answered)
      if (isFailure(claims)) return claims
      const profile = profileFrom(setting, claims)
      if (!profile) return failed('wrong', 'the token names nobody')
      if (!isAllowed(setting, profile, claims)) return failed('not-allowed', 'only')
      return { kind: 'profile', profile }
    },
  }
}

const isFailure = (one: Claims | Failure): one is Failure => one.kind === 'failed'

/** One question at a time, however many people ask; what failed is asked again after a short rest. */
function discovering(setting: ConnectionSetting, clock: Clock): () => Promise<Configuration | Failure> {
  let known: { until: number; config: Promise<Configuration | Failure> } | undefined
  return () => {
    const now = clock.now()
    if (known && now < known.until) return known.config
    const config = discover(setting)
    const asking = { until: now + metadataLife, config }
    known = asking
    void config.then((found) => {
      if (!('serverMetadata' in found)) asking.until = clock.now() + rest
    })
    return config
  }
}

async function discover(setting: ConnectionSetting): Promise<Configuration | Failure> {
  const { allowInsecureRequests, ClientSecretPost, customFetch, discovery, enableNonRepudiationChecks } =
    await library()
  const { issuer, clientId } = setting
  try {
    return await discovery(
      new URL(issuer),
      clientId,
      undefined,
      async (as, client, body, headers) =>
        ClientSecretPost(await clientSecretOf(setting, Date.now()))(as, client, body, headers),
      {
        [customFetch]: boundedFetch as never,
        timeout: longestAnswer / 1_000,
        // The signature of the token is checked, too, although it came over TLS.
        execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
      },
    )
  } catch (error) {
    return failed('away', reasonOf(error))
  }
}

async function claimsFrom(config: Configuration, { ties }: AskedProvider, answered: URL): Promise<Claims | Failure> {
  const { authorizationCodeGrant } = await library()
  try {
    const tokens = await authorizationCodeGrant(config, answered, {
      ...{ pkceCodeVerifier: ties.verifier, expectedState: ties.state, expectedNonce: ties.nonce },
      idTokenExpected: true,
    })
    // The tokens themselves are kept nowhere.
    return tokens.claims() ?? failed('wrong', 'no ID token')
  } catch (error) {
    return failed(isAway(error) ? 'away' : 'wrong', reasonOf(error))
  }
}

/** Of the network or of a server that is not well; anything else is an answer that is not to be believed. */
function isAway(error: unknown): boolean {
  const { name, code, status, cause } = error as { name?: string; code?: string; status?: number; cause?: unknown }
  if (status !== undefined && status >= 500) return true
  if (name === 'TimeoutError' || name === 'TooLarge' || code === 'OAUTH_TIMEOUT') return true
  const isNetwork = error instanceof TypeError && error.message === 'fetch failed'
  return isNetwork || (cause !== undefined && cause !== null && typeof cause === 'object' && isAway(cause))
}

/** For the log: what kind of failure, and nothing of an answer or a token. */
export function reasonOf(error: unknown): string {
  const { code, name, error: oauth, cause } = error as { code?: string; name?: string; error?: string; cause?: unknown }
  const known = typeof oauth === 'string' ? oauth : (code ?? (cause as { code?: string } | undefined)?.code ?? name)
  return String(known ?? 'unknown').slice(0, 60)
}
