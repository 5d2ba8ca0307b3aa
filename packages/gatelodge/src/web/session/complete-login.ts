// The only place where a log-in becomes a session. Every way in ends here: it says who someone is and how they proved it,
// and here the steps are walked, so that no way in can forget one. Whatever belongs to a log-in happens here too: the record,
// the counts, the email about a new device, the cookies, the hooks and the renewed hash.
import type { RateLimited } from '../../identity/attempts/rules.ts'
import type { Device } from '../../identity/logins/device.ts'
import type { Login, LoginOptions } from '../../identity/logins/login.ts'
import { methodNames } from '../../identity/logins/methods.ts'
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import {
  currentVisitorState,
  keepInVisitorCookie,
  leaveFlash,
  renewVisitorCookie,
  takeUnsaved,
} from '../forms/flash.ts'
import type { Context } from '../http/context.ts'
import { logEvent } from '../http/log-event.ts'
import { requestSourceOf } from '../http/request-source.ts'
import { deviceOf, rememberDevice } from './device-cookie.ts'
import { dueStep } from './due-step.ts'
import { advanceUnderWay, beginUnderWay } from './keep-under-way.ts'
import { forgetLoginToken, keepLoginToken } from './login-cookie.ts'
import { keepSession } from './session-cookie.ts'
import { startSession } from './start-session.ts'
import type { Step } from './step.ts'
import type { ChangedMeanwhile } from './transaction.ts'

export interface LoggedInOutcome {
  kind: 'logged-in'
  account: Buffer
  /** For `bearer`, which gets no cookie. */
  token?: string
  returnTo?: string | undefined
}

export interface StepDue {
  kind: 'step-due'
  account: Buffer
  step: Step
  /** For `bearer`: what the program goes on with. */
  loginToken?: string
}

export type LoginOutcome =
  | LoggedInOutcome
  /** There is no session. */
  | StepDue
  /** What was proved does not hold any more: nothing has changed. */
  | ChangedMeanwhile
  /** A unique key holds a value of `work` already: nothing has changed. */
  | { kind: 'duplicate' }
  | RateLimited

/** What a rule gets, so that it needs to know no HTTP. */
export interface LoginEntry {
  device: Device
  /** @returns its outcome, or the refusal that `login.work` returned. */
  complete<Refusal = never>(login: Login<Refusal>): Promise<LoginOutcome | Refusal>
}

export function loginEntry(c: Context, options: LoginOptions): LoginEntry {
  return { device: deviceOf(c), complete: (login) => completeLogin(c, options, login) }
}

/** @param underWay the log-in that goes on; its options count. */
export async function completeLogin<Refusal = never>(
  c: Context,
  options: LoginOptions,
  login: Login<Refusal>,
  underWay?: LoginUnderWay,
): Promise<LoginOutcome | Refusal> {
  const step = await dueStep(c, login)
  if (step && underWay && isTooLate(c, underWay, step)) return { kind: 'changed-meanwhile' }
  return step ? passFirst(c, { options, login, underWay }, step) : enter(c, { options, login, underWay })
}

interface Walk<Refusal> {
  options: LoginOptions
  login: Login<Refusal>
  underWay: LoginUnderWay | undefined
}

/** Of two steps one may allow more time than the other; both count from the first proof. */
export function isTooLate(c: Context, { startedAt }: LoginUnderWay, step: Step): boolean {
  return c.get('services').clock.now() - startedAt >= step.lasts
}

async function passFirst<R>(c: Context, walk: Walk<R>, step: Step): Promise<LoginOutcome | R> {
  const { options, login, underWay } = walk
  const { account, way, methods } = login
  const due: StepDue = { kind: 'step-due', account: account.id, step }
  if (underWay && !login.work && methodNames(methods).join() === methodNames(underWay.methods).join()) return due
  const services = c.get('services')
  const kept = underWay
    ? await advanceUnderWay(services, { login, step, underWay })
    : await beginUnderWay(services, { login, step, options, source: requestSourceOf(c) })
  if (kept.kind === 'refused-by-work') return kept.refusal
  if (kept.kind !== 'kept') return kept
  if (!underWay) logEvent(c, way.unfinished, { account: account.id, methods: methodNames(methods), step: step.name })
  await renewHash(c, login)
  if (login.isNewAccount) await services.hooks.registered(account.id, requestSourceOf(c))
  if (options.as === 'bearer') return { ...due, ...(kept.token && { loginToken: kept.token }) }
  const { prefill, unsaved } = currentVisitorState(c) ?? {}
  renewVisitorCookie(c, { keepsLink: true })
  // Anyone who gives the log-in up, or takes too long, finds it on the log-in page.
  const { returnTo } = options
  if (prefill || unsaved || returnTo) keepInVisitorCookie(c, { prefill, unsaved, returnTo })
  if (kept.token) keepLoginToken(c, kept.token, step.lasts)
  return due
}

async function enter<R>(c: Context, { options, login, underWay }: Walk<R>): Promise<LoginOutcome | R> {
  const { sessions, hooks } = c.get('services')
  const { account, methods, way } = login
  const source = requestSourceOf(c)
  const isBearer = options.as === 'bearer'
  const session = sessions.prepare({ remembered: options.remembered, isBearer, source, methods })
  const device = deviceOf(c)
  const started = await startSession(c.get('services'), {
    ...{ login, session, underWay, source, trustTokens: device.trustTokens },
    isNewDevice: isNews(login, device, underWay),
  })
  if (started.kind === 'refused-by-work') return started.refusal
  if (started.kind !== 'started') return started
  logEvent(c, way.succeeded, { account: account.id, methods: methodNames(methods) })
  await renewHash(c, login)
  if (!isBearer) {
    const unsaved = takeUnsaved(c, account.id)
    renewVisitorCookie(c, { keepsLink: true })
    if (unsaved) leaveFlash(c, unsaved)
    rememberDevice(c, account.id, account.passwordVersion)
    keepSession(c, session)
    forgetLoginToken(c)
  }
  if (login.isNewAccount) await hooks.registered(account.id, source)
  await hooks.loggedIn(account.id, source)
  return {
    kind: 'logged-in',
    account: account.id,
    returnTo: options.returnTo,
    ...(isBearer && { token: session.token }),
  }
}

/** Anyone who has opened a link from the mailbox a moment ago knows already, and so does anyone who has just registered. */
function isNews(login: Login<unknown>, device: Device, underWay: LoginUnderWay | undefined): boolean {
  const { methods, isNewAccount } = login
  if (isNewAccount || methods.email !== undefined) return false
  // As it was proved: a step may have raised the version.
  const { id, passwordVersion } = (underWay ?? login).account
  return !device.wasUsedFor(id, passwordVersion)
}

/** The log-in has gone on already, so a failure here is no failure. */
async function renewHash(c: Context, { account, outdatedHash }: Login<unknown>): Promise<void> {
  if (!outdatedHash) return
  const { database, passwords, hashing } = c.get('services')
  const old = { accountId: account.id, hash: outdatedHash.hash }
  try {
    await passwords.renewHash(
      database.db,
      old,
      await hashing.hash(outdatedHash.password, requestSourceOf(c).clientAddress),
    )
  } catch {}
}
