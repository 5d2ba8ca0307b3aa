// The two ceremonies of WebAuthn, as far as they need no database: is this answer one of an authenticator, for us, to a
// challenge of ours? The library does the parsing and the signatures; the site's own checks are here.
import type { VerifiedAuthenticationResponse, VerifiedRegistrationResponse } from '@simplewebauthn/server'
import type { Clock } from '../../time.ts'
import type { Sealing } from '../sealing.ts'
import type { NewAnswer, UseAnswer } from './answer.ts'
import { judgeChallenge, type PasskeyAsking } from './challenge.ts'
import { isSound } from './public-key.ts'
import type { RelyingParty } from './relying-party.ts'
import type { Passkey } from './storage.ts'

/** EdDSA, ES256 and RS256 by their numbers in COSE: one of them every authenticator can. The best in front. */
export const algorithms = [-8, -7, -257]

/** Loaded when the first answer comes: a start does not wait for its parsers of certificates, which are not used. */
const library = () => import('@simplewebauthn/server')
const parsers = () => import('@simplewebauthn/server/helpers')

/** For the record and the log. */
export type WrongAnswer =
  | 'challenge'
  | 'expired'
  /** Not made for us, altered, or not understood. */
  | 'invalid'
  /** Of a new one: right, but with a key of an algorithm that was not asked for. */
  | 'algorithm'

export type Wrong = { kind: 'wrong'; reason: WrongAnswer }

interface Needs {
  sealing: Sealing
  clock: Clock
  party: RelyingParty
}

/** A challenge of ours, to be taken once. */
export interface Answered {
  challenge: string
  until: number
}

export type Registered = Omit<Passkey, 'id' | 'accountId' | 'name' | 'createdAt' | 'lastUsedAt'>

/** @returns what to store of a new one; stores nothing. */
export async function judgeNew(
  needs: Needs,
  answer: NewAnswer,
  asking: PasskeyAsking,
): Promise<{ kind: 'right'; made: Registered; answered: Answered } | Wrong> {
  const judge = judging(needs, asking)
  const attested = await withoutStatement(answer.response.attestationObject)
  if (!attested) return wrong('invalid')
  const { attestationObject, isAskedFor } = attested
  const verified = await quietly<VerifiedRegistrationResponse>(async () =>
    (await library()).verifyRegistrationResponse({
      ...{ expectedChallenge: judge.take, expectedOrigin: needs.party.origins, expectedRPID: needs.party.id },
      ...{ supportedAlgorithmIDs: algorithms, requireUserVerification: false },
      response: {
        ...{ id: answer.id, rawId: answer.rawId, type: answer.type, clientExtensionResults: {} },
        response: { clientDataJSON: answer.response.clientDataJSON, attestationObject },
      },
    }),
  )
  const info = verified?.registrationInfo
  const { answered } = judge
  if (answered && !isAskedFor) return wrong('algorithm')
  // The id that the browser names must be the one that the authenticator made.
  if (!info || !answered || info.credential.id !== answer.id || (await isForeign(answer))) return wrong(judge.reason)
  if (!isSound((await parsers()).decodeCredentialPublicKey(info.credential.publicKey))) return wrong('invalid')
  const { credential, userVerified, credentialDeviceType, credentialBackedUp, aaguid } = info
  const made: Registered = {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: transportsIn(answer.response.transports),
    isSyncable: credentialDeviceType === 'multiDevice',
    isSynced: credentialBackedUp,
    isVerifying: userVerified,
    aaguid,
    rpId: needs.party.id,
  }
  return { kind: 'right', made, answered }
}

export interface RightUse {
  kind: 'right'
  answered: Answered
  isVerified: boolean
  isSynced: boolean
  counter: number
  /** The counter has not risen since the last time: there may be a copy. Only a signal: synced ones never count. */
  wentBack: boolean
}

/** @param passkey the one that the answer names. */
export async function judgeUse(
  needs: Needs,
  answer: UseAnswer,
  passkey: Passkey,
  asking: PasskeyAsking,
): Promise<RightUse | Wrong> {
  const judge = judging(needs, asking)
  const { userHandle, ...response } = answer.response
  const verified = await quietly<VerifiedAuthenticationResponse>(async () =>
    (await library()).verifyAuthenticationResponse({
      ...{ expectedChallenge: judge.take, expectedOrigin: needs.party.origins, expectedRPID: needs.party.id },
      requireUserVerification: false,
      // The counter is judged below: the library would refuse what is only a signal.
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
      response: {
        ...{ id: answer.id, rawId: answer.rawId, type: answer.type, clientExtensionResults: {} },
        response: { ...response, ...(userHandle && { userHandle }) },
      },
    }),
  )
  const { answered } = judge
  if (!verified?.verified || !answered || (await isForeign(answer))) return wrong(judge.reason)
  const { newCounter, userVerified, credentialDeviceType, credentialBackedUp } = verified.authenticationInfo
  // Whether it may be synced is fixed when it is made (Level 3, section 7.2, step 17).
  if ((credentialDeviceType === 'multiDevice') !== passkey.isSyncable) return wrong('invalid')
  const wentBack = (newCounter > 0 || passkey.counter > 0) && newCounter <= passkey.counter
  return {
    ...{ kind: 'right', answered, isVerified: userVerified, isSynced: credentialBackedUp, wentBack },
    // The highest stays, so that a copy that lags behind is seen again.
    counter: Math.max(newCounter, passkey.counter),
  }
}

function wrong(reason: WrongAnswer): Wrong {
  return { kind: 'wrong', reason }
}

/** Remembers what the library asked about. */
function judging(needs: Needs, asking: PasskeyAsking) {
  const judge = {
    answered: undefined as Answered | undefined,
    reason: 'invalid' as WrongAnswer,
    take(challenge: string): boolean {
      const judged = judgeChallenge(needs, challenge, asking)
      if (judged.kind === 'wrong') judge.reason = judged.reason
      else judge.answered = { challenge, until: judged.until }
      return judged.kind === 'ours'
    },
  }
  return judge
}

/** Whatever an authenticator never sends is an error to the library: none of them is ours to report. */
async function quietly<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify()
  } catch {
    return undefined
  }
}

/** In a frame of another site (`crossOrigin`): our pages forbid frames, and an app has none. */
async function isForeign({ response }: { response: { clientDataJSON: string } }): Promise<boolean> {
  const { crossOrigin, topOrigin } = (await parsers()).decodeClientDataJSON(response.clientDataJSON)
  return crossOrigin === true || topOrigin !== undefined
}

/**
 * Who made an authenticator is not asked (`attestation: none`), so what it says of that is not read: no certificate is parsed,
 * and no list of revoked ones is fetched from an address that a stranger names.
 * @returns the same with the statement left out, and whether its key has one of our algorithms; undefined where it cannot be read.
 */
async function withoutStatement(
  attestationObject: string,
): Promise<{ attestationObject: string; isAskedFor: boolean } | undefined> {
  try {
    const { decodeAttestationObject, parseAuthenticatorData, decodeCredentialPublicKey, cose } = await parsers()
    const given = new Uint8Array(Buffer.from(attestationObject, 'base64url'))
    const data = decodeAttestationObject(given).get('authData')
    if (!(data instanceof Uint8Array) || data.length > 0xffff) return undefined
    const { credentialPublicKey } = parseAuthenticatorData(new Uint8Array(data))
    if (!credentialPublicKey) return undefined
    const algorithm = decodeCredentialPublicKey(credentialPublicKey).get(cose.COSEKEYS.alg)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(data.length)
    const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex')
    return {
      attestationObject: Buffer.concat([head, length, data]).toString('base64url'),
      isAskedFor: algorithms.some((one) => one === algorithm),
    }
  } catch {
    return undefined
  }
}

const knownTransports = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb', 'cable']

function transportsIn(given: string[] = []): string[] {
  return knownTransports.filter((one) => given.includes(one))
}
