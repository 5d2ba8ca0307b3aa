// Passkeys and security keys (WebAuthn Level 3): what a browser is asked, and what its answer is worth. Knows no HTTP.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Settings } from '../../config/schema.ts'
import type { Database } from '../../database/connect.ts'
import type { Store } from '../../database/transaction.ts'
import type { Clock } from '../../time.ts'
import { newId } from '../ids.ts'
import type { Method, Methods } from '../logins/methods.ts'
import type { Sealing } from '../sealing.ts'
import { readNewAnswer, readUseAnswer } from './answer.ts'
import { authenticatorName } from './authenticators.ts'
import { type Answered, algorithms, judgeNew, judgeUse, type WrongAnswer } from './ceremony.ts'
import { newChallenge, type PasskeyAsking } from './challenge.ts'
import { challengeLife } from './limits.ts'
import { relyingPartyOf } from './relying-party.ts'
import { type Passkey, passkeyRows, usedChallenges } from './storage.ts'

export interface PasskeyOwner {
  id: Buffer
  name: string
  email: string
  /** Null: there is no password, so each passkey has to be one that logs in by itself. */
  passwordChangedAt: number | null
}

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON

export interface Signals {
  rpId: string
  userId: string
  allAcceptedCredentialIds: string[]
  name: string
  displayName: string
}

/** `unknown`: no account has it. `foreign`: another account's than the one that is asked, or than it says. */
export type PasskeyProblem = WrongAnswer | 'unreadable' | 'unknown' | 'foreign'

/** `credential`: its id, where no account has it. */
export type WrongPasskey = { kind: 'wrong'; reason: PasskeyProblem; credential?: string }

/** A new one whose answer is right, and not stored yet. */
export interface NewPasskey {
  kind: 'right'
  passkey: Passkey
  /** What making it has proved, as RFC 8176 names them. */
  methods: Methods
  /** In the transaction of what it opens: the challenge, then the row. @returns false where another answered it meanwhile. */
  store(trx: Store): Promise<boolean>
}

/** A right answer of one that is stored; nothing is taken yet. */
export interface ProvedPasskey {
  kind: 'right'
  passkey: Passkey
  isVerified: boolean
  /** There may be a copy of it: for the record. */
  wentBack: boolean
  /** As RFC 8176 names them. */
  methods: Methods
  /** In the transaction of what it opens. @returns false where the challenge was answered, or the passkey removed, meanwhile. */
  take(trx: Store): Promise<boolean>
}

export interface Passkeys {
  /** False where the site has no name: browsers make none for an IP address. */
  isOffered: boolean
  domain: string
  /** What the browser is asked, to make one. With all that the account has, so that none is overwritten. */
  askForNew(owner: PasskeyOwner, asking: PasskeyAsking, existing: Passkey[]): CreationOptions
  /** What it is asked, to use one. @param allowed of a known account; none: any that the browser finds. */
  askForUse(asking: PasskeyAsking, allowed?: Passkey[]): RequestOptions
  /** @param given what came back. Stores nothing. */
  judgeNew(given: unknown, asking: PasskeyAsking, owner: { id: Buffer }): Promise<NewPasskey | WrongPasskey>
  /** @param account its owner; undefined: the passkey names its owner, and it must. */
  judgeUse(given: unknown, asking: PasskeyAsking, account?: Buffer): Promise<ProvedPasskey | WrongPasskey>
  /** What a device may be told: which passkeys of this account work, and how it is called now (Signal API). */
  signalsFor(owner: Omit<PasskeyOwner, 'passwordChangedAt'>, all: Passkey[]): Signals
  ofAccount(store: Store, accountId: Buffer): Promise<Passkey[]>
  /** Removes what was answered long ago. @returns how many. */
  purge(): Promise<number>
}

type Wiring = {
  database: Pick<Database, 'db' | 'dialect'>
  sealing: Sealing
  clock: Clock
  settings: Parameters<typeof relyingPartyOf>[0] & Pick<Settings, 'baseUrl'>
}

export function createPasskeys({ database, sealing, clock, settings }: Wiring): Passkeys {
  const { db, dialect } = database
  const party = relyingPartyOf(settings)
  const ceremony = { sealing, clock, party }

  /** Both are right only in the transaction that they open. */
  const taking = ({ challenge, until }: Answered) => {
    const by = newId()
    return (trx: Store) => usedChallenges.take(trx, dialect, challenge, { by, until })
  }

  return {
    domain: party.id,
    isOffered: !/^[\d.]+$|^\[/.test(party.id),
    askForNew: ({ id, name, email, passwordChangedAt }, asking, existing) => ({
      rp: { id: party.id, name: party.name },
      user: { id: id.toString('base64url'), name: email, displayName: name },
      challenge: newChallenge(ceremony, asking).toString('base64url'),
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: challengeLife,
      attestation: 'none',
      excludeCredentials: existing.map(descriptor),
      authenticatorSelection: { ...discoverable(passwordChangedAt === null), userVerification: 'preferred' },
      extensions: { credProps: true },
    }),
    askForUse: (asking, allowed = []) => ({
      challenge: newChallenge(ceremony, asking).toString('base64url'),
      rpId: party.id,
      timeout: challengeLife,
      allowCredentials: allowed.map(descriptor),
      userVerification: 'preferred',
    }),
    async judgeNew(given, asking, { id: accountId }) {
      const answer = readNewAnswer(given)
      if (!answer) return { kind: 'wrong', reason: 'unreadable' }
      const judged = await judgeNew(ceremony, answer, asking)
      if (judged.kind === 'wrong') return judged
      const name = authenticatorName(judged.made.aaguid) ?? ''
      const passkey = { ...judged.made, id: newId(), accountId, name, createdAt: clock.now(), lastUsedAt: null }
      const take = taking(judged.answered)
      return {
        ...{ kind: 'right', passkey, methods: methodsOf(passkey, passkey.isVerifying, passkey.createdAt) },
        async store(trx) {
          if (!(await take(trx))) return false
          await passkeyRows.insert(trx, passkey)
          return true
        },
      }
    },
    async judgeUse(given, asking, account) {
      const answer = readUseAnswer(given)
      if (!answer) return { kind: 'wrong', reason: 'unreadable' }
      const passkey = await passkeyRows.findByCredential(db, answer.id)
      if (!passkey) return { kind: 'wrong', reason: 'unknown', credential: answer.id }
      if (!isOf(passkey, account, answer.response.userHandle)) return { kind: 'wrong', reason: 'foreign' }
      const judged = await judgeUse(ceremony, answer, passkey, asking)
      if (judged.kind === 'wrong') return judged
      const { isVerified, isSynced, counter, wentBack } = judged
      const at = clock.now()
      const take = taking(judged.answered)
      return {
        ...{ kind: 'right', passkey, isVerified, wentBack, methods: methodsOf(passkey, isVerified, at) },
        async take(trx) {
          if (!(await take(trx))) return false
          return passkeyRows.noteUse(trx, passkey.id, { counter, isSynced, isVerified, at })
        },
      }
    },
    signalsFor: ({ id, name, email }, all) => ({
      ...{ rpId: party.id, userId: id.toString('base64url'), name: email, displayName: name },
      allAcceptedCredentialIds: all.map(({ credentialId }) => credentialId),
    }),
    ofAccount: passkeyRows.ofAccount,
    purge: () => usedChallenges.purge(db, clock.now()),
  }
}

/** A security key that keeps no list of its own is a second factor still; but nobody logs in with it alone. */
function discoverable(isRequired: boolean) {
  return { residentKey: isRequired ? 'required' : 'preferred', requireResidentKey: isRequired } as const
}

type Descriptor = NonNullable<RequestOptions['allowCredentials']>[number]

const descriptor = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  type: 'public-key' as const,
  ...(transports.length > 0 && { transports: transports as NonNullable<Descriptor['transports']> }),
})

/** A person who is not known yet is named by the authenticator (Level 3, section 7.2, step 6); a known one must match it. */
function isOf({ accountId }: Passkey, account: Buffer | undefined, userHandle: string | null | undefined): boolean {
  const isNamed = userHandle ? accountId.equals(Buffer.from(userHandle, 'base64url')) : account !== undefined
  return isNamed && (account === undefined || accountId.equals(account))
}

/** A key in hardware or in software that may be copied; with a PIN, a fingerprint or a face it is two factors at once. */
function methodsOf({ isSyncable }: Passkey, isVerified: boolean, at: number): Methods {
  const key: Method = isSyncable ? 'swk' : 'hwk'
  return { [key]: at, ...(isVerified && { user: at, mfa: at }) }
}
