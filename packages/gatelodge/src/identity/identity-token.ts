// Who is asking, as a signed JWT (RFC 7519) that an app can check by itself: EdDSA with Ed25519 (RFC 8037), good for a
// minute. Only made here, never read: a token that an app sends back is not accepted.
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { stringify } from 'uuid'
import type { Settings } from '../config/schema.ts'
import { type Clock, seconds } from '../time.ts'
import type { Account } from './accounts/account.ts'
import { methodNames } from './logins/methods.ts'
import { digest, random, type Sealing } from './sealing.ts'
import type { FoundSession } from './sessions/lookup.ts'

interface Told extends Pick<FoundSession, 'methods' | 'authenticatedAt'> {
  account: Pick<Account, 'id' | 'email' | 'name' | 'verifiedAt' | 'groups'>
}

export interface IdentityTokens {
  of(session: Told): string
  /** Public keys of all secrets in force (RFC 7517): what was signed before a rotation can be checked after it. */
  published: { keys: JsonWebKey[] }
}

const life = seconds(60)

/** The same secrets give the same keys, so all running copies agree. The newest signs. */
export function createIdentityTokens(
  sealing: Sealing,
  clock: Clock,
  { baseUrl, identityTokenAudience }: Pick<Settings, 'baseUrl' | 'identityTokenAudience'>,
): IdentityTokens {
  const pairs = sealing.seeds('identity token').map(pairFrom)
  const [newest] = pairs as [Pair]
  const header = encoded({ alg: 'EdDSA', typ: 'JWT', kid: newest.kid })
  return {
    of({ account: { id, email, name, verifiedAt, groups }, methods, authenticatedAt }) {
      const now = Math.floor(clock.now() / 1000)
      const claims = {
        iss: baseUrl,
        aud: identityTokenAudience ?? baseUrl,
        sub: stringify(id),
        email,
        email_verified: verifiedAt !== null,
        name,
        groups,
        amr: methodNames(methods),
        auth_time: Math.floor(authenticatedAt / 1000),
        iat: now,
        exp: now + life / 1000,
        jti: random(16).toString('base64url'),
      }
      const signed = `${header}.${encoded(claims)}`
      return `${signed}.${sign(null, Buffer.from(signed), newest.secret).toString('base64url')}`
    },
    published: { keys: pairs.map(({ kid, x }) => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' })) },
  }
}

interface Pair {
  secret: KeyObject
  /** The public key. */
  x: string
  /** Its thumbprint (RFC 7638). */
  kid: string
}

/** What stands before the 32 bytes of an Ed25519 key (RFC 8410, 7). */
const opening = Buffer.from('302e020100300506032b657004220420', 'hex')

function pairFrom(seed: Buffer): Pair {
  const secret = createPrivateKey({ key: Buffer.concat([opening, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  return { secret, x, kid: digest(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })).toString('base64url') }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
