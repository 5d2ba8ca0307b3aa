// The steps of a log-in: a code of the app, or a recovery code; or an app that is set up. Knows no HTTP and no SQL.
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { RequestSource } from '../../identity/audit/request-source.ts'
import { isAdministrator } from '../../identity/groups/names.ts'
import type { Device } from '../../identity/logins/device.ts'
import type { LoginAccount } from '../../identity/logins/login.ts'
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import type { FactorRefusal, TypedFactor } from '../../identity/second-factors/factor-proof.ts'
import { proveFactor } from '../../identity/second-factors/proof.ts'
import type { Services } from '../../services.ts'
import type { LoggedInOutcome, LoginOutcome, StepDue } from '../../web/session/complete-login.ts'
import type { Passed } from '../../web/session/login-under-way.ts'
import { type AppRefusal, prepareApp } from './enrol.rules.ts'

export type SecondFactorOutcome =
  /** `trust`: for the cookie of a device that is trusted from now on. */
  ((LoggedInOutcome | StepDue) & { trust?: string }) | FactorRefusal | RateLimited

type Needs = Parameters<typeof proveFactor>[0] & Pick<Services, 'secondFactors'>

/** The log-in under way, and the browser or program that goes on with it. */
export interface StepRequest {
  login: LoginUnderWay
  device: Device
  source: RequestSource
  goOn<Refusal>(passed: Passed<Refusal>): Promise<LoginOutcome | Refusal>
}

/** @throws {Busy} where too much is being hashed. @throws {Unavailable} where the database is away: no try is spent. */
export async function passSecondFactor(
  needs: Needs,
  request: StepRequest,
  typed: TypedFactor & { trust: boolean },
): Promise<SecondFactorOutcome> {
  const { login, device, source, goOn } = request
  const { account } = login
  const knownDevice = device.isKnownTo(account.id, account.passwordVersion) ? device.id : undefined
  const proof = await proveFactor(
    needs,
    { account, knownDevice, source, by: login.tokenHash, before: login.methods, underWay: login },
    typed,
  )
  if (proof.kind !== 'proved') return proof
  const isTrusted = typed.trust && login.options.as === 'cookie' && mayTrust(account)
  const { trusted } = needs.secondFactors
  const trust = isTrusted ? trusted.prepare({ account, ...source }) : undefined
  const outcome = await goOn<FactorRefusal>({
    methods: proof.methods,
    tries: proof.tries,
    async work(trx) {
      const refusal = await proof.work(trx)
      if (!refusal && trust) await trusted.add(trx, trust.row)
      return refusal
    },
  })
  switch (outcome.kind) {
    case 'logged-in':
    case 'step-due':
      return { ...outcome, ...(trust && { trust: trust.token }) }
    case 'refused':
      return proof.refuse()
    case 'changed-meanwhile':
    case 'duplicate':
      return { kind: 'login-over' }
    case 'login-over':
    case 'rate-limited':
      return outcome
  }
}

/** Administrators prove it each time; and trust ends with the password that is about to be replaced. */
export function mayTrust(account: LoginAccount): boolean {
  return !isAdministrator(account) && account.passwordDemandedAt === null
}

export type EnrolmentOutcome =
  /** `codes`: shown once. */
  (LoggedInOutcome & { codes: string[] }) | StepDue | AppRefusal | { kind: 'login-over' } | RateLimited

/** The app is set up and, in the same transaction, the session starts. @throws {Busy} where too much is being hashed. */
export async function passEnrolment(
  needs: Parameters<typeof prepareApp>[0],
  { login, source, goOn }: Omit<StepRequest, 'device'>,
  typed: { setup: string; code: string },
): Promise<EnrolmentOutcome> {
  const { account } = login
  const addition = await prepareApp(needs, { account, source }, typed)
  if (addition.kind === 'refused') return addition
  if (addition.kind !== 'right') return { kind: 'login-over' }
  const now = needs.clock.now()
  const outcome = await goOn({
    account: { factorVersion: account.factorVersion + 1, hasSecondFactor: true, hasApp: true },
    methods: { otp: now, mfa: now },
    work: async (trx) => ((await addition.work(trx)) ? { kind: 'login-over' as const } : undefined),
  })
  if (outcome.kind === 'logged-in') return { ...outcome, codes: addition.codes }
  if (outcome.kind === 'step-due' || outcome.kind === 'rate-limited') return outcome
  return { kind: 'login-over' }
}
