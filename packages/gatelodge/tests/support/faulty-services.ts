// The real services, in which one chosen call goes wrong, once.
import type { Services } from '../../src/services.ts'
import type { Moment } from './faulty-database.ts'

export interface CallFaults {
  /** The call number `at` (from 1) throws `error`, before its work or after it. @param service no call of others is counted. */
  arm(at: number, moment: Moment, error: Error, service?: keyof Services): void
  /** The next session does not start: `sessions.start` says no. */
  refuseToStart(): void
  /** Whether one was to start since then. */
  wasRefused(): boolean
  /** @returns which call has failed, if there was one: `hashing.verify`. */
  disarm(): string | undefined
  /** How many calls were made between the last two. */
  count(): number
}

/** No call of these fails here. All others do, so that a new service is in this walk by itself. */
const spared = new Set<keyof Services>([
  // They cannot fail, or hold no functions that a flow waits for.
  ...([
    'settings',
    'text',
    'clock',
    'log',
    'sealing',
    'emailTemplates',
    'slots',
    'close',
    'mailboxKey',
    'meter',
  ] as const),
  // Statements have a walk of their own; what they fail in is the database.
  ...(['database', 'readiness'] as const),
  // Behind the answer, or not in any flow of people: each has tests of its own.
  ...(['delivery', 'hooks', 'foreignFormats', 'groups', 'identityTokens'] as const),
])

/** These answer at once, so they throw at once. */
const synchronous = new Set([
  'sessions.prepare',
  'sessions.isRecentlyAuthenticated',
  'tokens.prepare',
  'tokens.isGood',
  'tokens.attempt',
  'emails.prepare',
  'attempts.ofLogin',
  'attempts.of',
  'attempts.from',
  'attempts.ofPasswordChange',
  'attempts.ofAccount',
  'emails.tries',
  'audit.record',
  'loginsUnderWay.prepare',
  'secondFactors.trusted.prepare',
  'passkeys.askForNew',
  'passkeys.askForUse',
  'passkeys.signalsFor',
  'sessions.hasLatelyUsedPasskey',
  'connections.find',
])

/** The transaction itself: the tests of statements make it fail, before its COMMIT and after it. */
const transactions = new Set(['attempts.within'])

export function faultyServices(services: Services): { services: Services; faults: CallFaults } {
  let armed: { at: number; moment: Moment; error: Error } | undefined
  let counted = ''
  let count = 0
  let made = 0
  let failed: string | undefined
  let refuses = false

  async function fail(error: Error, name: string, work?: () => unknown): Promise<never> {
    failed = name
    await work?.()
    throw error
  }

  function call(name: string, work: () => unknown): unknown {
    if (refuses && name === 'sessions.start') {
      refuses = false
      return Promise.resolve(false)
    }
    if (transactions.has(name) || !name.startsWith(counted)) return work()
    count += 1
    const fault = armed?.at === count ? armed : undefined
    if (!fault) return work()
    armed = undefined
    if (synchronous.has(name)) {
      failed = name
      throw fault.error
    }
    return fail(fault.error, name, fault.moment === 'after' ? work : undefined)
  }

  const asked = (Object.keys(services) as (keyof Services)[]).filter((name) => !spared.has(name))
  const wrapped = Object.fromEntries(asked.map((name) => [name, spied(name, services[name] as object, call)]))
  const faults: CallFaults = {
    arm(at, moment, error, service) {
      count = 0
      counted = service ? `${service}.` : ''
      failed = undefined
      armed = { at, moment, error }
    },
    refuseToStart() {
      refuses = true
    },
    wasRefused: () => !refuses,
    disarm() {
      armed = undefined
      refuses = false
      made = count
      return failed
    },
    count: () => made,
  }
  return { services: { ...services, ...wrapped }, faults }
}

function spied(service: string, methods: object, call: (name: string, work: () => unknown) => unknown): object {
  return new Proxy(methods, {
    get(target, key) {
      const value = Reflect.get(target, key)
      if (isGroup(value)) return spied(`${service}.${String(key)}`, value, call)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => call(`${service}.${String(key)}`, () => value.apply(target, given))
    },
  })
}

/** Functions that belong together, such as those of trusted devices. */
const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'function')
