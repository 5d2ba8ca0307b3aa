// Calls the hooks, and decides what becomes of their failures.
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'uuid'
import type { Settings } from '../config/schema.ts'
import type { Database } from '../database/connect.ts'
import { publicAccount } from '../identity/accounts/public-account.ts'
import type { accounts } from '../identity/accounts/storage.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import type { Log } from '../log.ts'
import { deviceName } from '../text/device-name.ts'
import type { Text } from '../text/text.ts'
import { type Milliseconds, seconds } from '../time.ts'
import type { HookRequest, Hooks, Newcomer, RegistrationRefusal } from './hooks.ts'

export interface HookRunner {
  /** @throws {Error} where the hook fails: nobody registers past it. */
  registering(
    newcomer: Omit<Newcomer, 'request'>,
    source: RequestSource,
  ): Promise<Required<RegistrationRefusal> | undefined>
  registered(account: Buffer, source: RequestSource): Promise<void>
  loggedIn(account: Buffer, source: RequestSource): Promise<void>
  loggedOut(account: Buffer, source: RequestSource, where: 'here' | 'elsewhere'): Promise<void>
  /** @returns whether the account may go; not before the hook has succeeded. */
  deleted(account: Buffer): Promise<boolean>
}

interface Needs {
  database: Database
  accounts: typeof accounts
  log: Log
  settings: Pick<Settings, 'fields'>
  text: Text
}

/** An app that does not answer must not hold people up for ever. */
const longestHook: Milliseconds = seconds(10)

/** The cookie that carries the words to the form has room for so many. */
const longestRefusal = 200

export function createHooks(hooks: Hooks, { database, accounts, log, settings, text }: Needs): HookRunner {
  const formFields = ['name', 'email', 'password', ...settings.fields.map(({ name }) => name)]

  /** It is done already, whatever the hook says: a failure is logged, and the answer is the same. */
  async function tell(name: Exclude<keyof Hooks, 'onRegistering'>, id: Buffer, details: Record<string, unknown> = {}) {
    const hook = hooks[name] as ((event: object) => unknown) | undefined
    if (!hook) return true
    try {
      const account = await accounts.findById(database.db, id)
      if (account) await inTime(hook.call(hooks, { account: publicAccount(account), ...details }))
      return true
    } catch (error) {
      const request = (details.request as HookRequest | undefined)?.id
      log.error({ ...(request && { request }), account: stringify(id), hook: name, err: error }, 'hook.failed')
      return false
    }
  }

  const requestOf = ({ requestId, clientAddress, device }: RequestSource): HookRequest => ({
    id: requestId,
    clientAddress,
    device: deviceName(text, device),
  })

  return {
    async registering(newcomer, source) {
      if (!hooks.onRegistering) return undefined
      try {
        const answer = await inTime(hooks.onRegistering({ ...newcomer, request: requestOf(source) }))
        return refusalOf(answer, formFields)
      } catch (error) {
        throw new Error('the hook onRegistering failed', { cause: error })
      }
    },
    async registered(account, source) {
      await tell('onRegistered', account, { request: requestOf(source) })
    },
    async loggedIn(account, source) {
      await tell('onLoggedIn', account, { request: requestOf(source) })
    },
    async loggedOut(account, source, where) {
      await tell('onLoggedOut', account, { request: requestOf(source), where })
    },
    deleted: (account) => tell('onDeleted', account),
  }
}

/** @throws {Error} if it takes too long; its work goes on, and its result is ignored. */
async function inTime<T>(work: T | Promise<T>): Promise<T> {
  const late = new AbortController()
  const tooLate = pause(longestHook, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error(`it gave no answer in ${longestHook / 1000} s`)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    late.abort()
    tooLate.catch(() => {})
  }
}

/** @throws {TypeError} for what says neither yes nor no, such as `false`: it must not be taken for a yes. */
function refusalOf(answer: unknown, formFields: string[]): Required<RegistrationRefusal> | undefined {
  if (answer === undefined) return undefined
  const { refuse, field = 'email' } = (answer ?? {}) as Partial<RegistrationRefusal>
  if (typeof refuse !== 'string' || refuse === '' || !formFields.includes(field))
    throw new TypeError("it must return nothing, or { refuse: 'why' } and perhaps the field of the form")
  return { refuse: refuse.slice(0, longestRefusal), field }
}
