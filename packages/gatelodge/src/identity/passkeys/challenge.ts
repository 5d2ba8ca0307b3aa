// Challenges: made by us, valid for five minutes, for one ceremony, and for the client that asked. A challenge carries its
// own proof (a MAC over all of that), so those that nobody answers cost no row; one that is answered gets one, and is used up.
import type { Clock } from '../../time.ts'
import { digest, random, type Sealing } from '../sealing.ts'
import { challengeLife } from './limits.ts'

export type Ceremony = 'add' | 'log-in' | 'second-factor' | 'reauthenticate' | 'register'

/** For what it was asked, and by whom: a session, a log-in under way, or a visitor's cookie; a hash of its token. */
export interface PasskeyAsking {
  ceremony: Ceremony
  by: Buffer
}

const nonceLength = 16
const momentLength = 6
const macLength = 32

/** The client that sends the token is the one that asked. */
export const visitorHash = (token: string) => digest(`passkey visitor ${token}`)

export function newChallenge({ sealing, clock }: { sealing: Sealing; clock: Clock }, asking: PasskeyAsking): Buffer {
  const head = Buffer.alloc(nonceLength + momentLength)
  random(nonceLength).copy(head)
  head.writeUIntBE(clock.now() + challengeLife, nonceLength, momentLength)
  return Buffer.concat([head, sealing.sign('passkey challenge', bound(head, asking))])
}

export type JudgedChallenge = { kind: 'ours'; until: number } | { kind: 'wrong'; reason: 'challenge' | 'expired' }

/** @param given base64url, as it stands in what the browser signed. */
export function judgeChallenge(
  { sealing, clock }: { sealing: Sealing; clock: Clock },
  given: string,
  asking: PasskeyAsking,
): JudgedChallenge {
  const bytes = Buffer.from(given, 'base64url')
  const headLength = nonceLength + momentLength
  // Written one way only: another spelling of the same bytes would be another row.
  if (bytes.length !== headLength + macLength || bytes.toString('base64url') !== given)
    return { kind: 'wrong', reason: 'challenge' }
  const head = bytes.subarray(0, headLength)
  if (!sealing.verify('passkey challenge', bound(head, asking), bytes.subarray(headLength)))
    return { kind: 'wrong', reason: 'challenge' }
  const until = head.readUIntBE(nonceLength, momentLength)
  return clock.now() < until ? { kind: 'ours', until } : { kind: 'wrong', reason: 'expired' }
}

const bound = (head: Buffer, { ceremony, by }: PasskeyAsking) =>
  `${ceremony} ${by.toString('hex')} ${head.toString('hex')}`
