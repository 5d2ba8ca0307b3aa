// The log-in that a request goes on with: by the browser's cookie, or by the `login_token` of a program.
import type { Login } from '../../identity/logins/login.ts'
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import type { Context } from '../http/context.ts'
import { completeLogin, isTooLate, type LoginOutcome } from './complete-login.ts'
import { dueStep } from './due-step.ts'
import { forgetLoginToken, readLoginTokens } from './login-cookie.ts'
import type { Step } from './step.ts'
import { continuedLogin } from './way-in.ts'

export type Standing =
  /** This step is due: its page may be shown. */
  | { kind: 'due'; step: Step; account: Buffer; login: LoginUnderWay }
  /** Everything is passed: the session may start. */
  | { kind: 'passed'; login: LoginUnderWay }

/** @returns undefined for someone who has proved nothing, or nothing that is still worth something. */
export async function loginUnderWay(c: Context, loginToken?: string): Promise<LoginUnderWay | undefined> {
  const { loginsUnderWay } = c.get('services')
  if (loginToken) return loginsUnderWay.find(loginToken, 'bearer')
  for (const token of readLoginTokens(c)) {
    const login = await loginsUnderWay.find(token, 'cookie')
    if (login) return login
  }
  forgetLoginToken(c)
  return undefined
}

/** The same, with the one step that it opens. */
export async function standing(c: Context, loginToken?: string): Promise<Standing | undefined> {
  const login = await loginUnderWay(c, loginToken)
  if (!login) return undefined
  const step = await dueStep(c, { account: login.account, way: continuedLogin, methods: login.methods })
  if (!step) return { kind: 'passed', login }
  return isTooLate(c, login, step) ? undefined : { kind: 'due', step, account: login.account.id, login }
}

/** What a step has proved, and what it stores in the transaction of the session. */
export interface Passed<Refusal = never> {
  methods?: LoginUnderWay['methods']
  /** What of the account is different afterwards. */
  account?: Partial<LoginUnderWay['account']>
  work?: NonNullable<Parameters<typeof completeLogin<Refusal>>[2]['work']>
  /** What the proof is counted under. */
  tries?: Login['tries']
}

/**
 * Goes on: the next step, or the session. The log-in is used once, whatever is asked at the same moment.
 * @returns `changed-meanwhile` where it is used, too old, cancelled or worthless by now: nothing has changed.
 */
export function continueLogin<Refusal = never>(
  c: Context,
  underWay: LoginUnderWay,
  { methods = {}, account = {}, work, tries }: Passed<Refusal> = {},
): Promise<LoginOutcome | Refusal> {
  const login = {
    way: continuedLogin,
    account: { ...underWay.account, ...account },
    methods: { ...underWay.methods, ...methods },
    ...(work && { work }),
    ...(tries && { tries }),
  }
  return completeLogin<Refusal>(c, underWay.options, login, underWay)
}
