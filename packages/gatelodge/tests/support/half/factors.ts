// A second factor is there whole, or not at all; each use of a code has a record, and so has each passkey that is there.
import { same } from './same.ts'
import { counter, type Tables, type Told } from './tables.ts'

/** Each of these raises the version of the factors, so that what was proved before is worthless. */
const raising: Told[] = [
  ...(['two-factor.added', 'two-factor.removed', 'two-factor.added before'] as const),
  'two-factor.app-removed',
  ...(['passkey.added', 'passkey.removed', 'passkey.added before'] as const),
  'connection.removed',
  ...(['passkey-after-password.turned-on', 'passkey-after-password.turned-off'] as const),
]

export function factorsAreWhole(tables: Tables) {
  const { accounts, totp, codes, trusted, told } = tables
  const apps = counter(totp.map(({ owner }) => owner))
  const made = counter(codes.map(({ owner }) => owner))
  const used = counter(codes.filter(({ used_at }) => used_at !== null).map(({ owner }) => owner))
  const known = new Set(accounts.map(({ owner }) => owner))
  for (const { owner } of [...totp, ...codes, ...trusted]) same('an account', known.has(owner), true)
  const holders = new Set(accounts.filter((one) => one.has_second_factor === 1).map(({ owner }) => owner))
  for (const { owner, has_app, has_second_factor, factor_version } of accounts) {
    same('an app', apps.get(owner) ?? 0, has_app)
    // All ten, or none: without a second factor, or after they were voided.
    const isVoid = told('recovery-codes.removed', owner) > 0
    if (has_second_factor === 0 || !isVoid) same('recovery codes', made.get(owner) ?? 0, 10 * has_second_factor)
    same(
      'factor version',
      factor_version - 1,
      sum(raising, (event) => told(event, owner)),
    )
    same('used codes', (used.get(owner) ?? 0) <= told('recovery-code.used', owner), true)
  }
  for (const { owner } of trusted) same('trusted devices', holders.has(owner), true)
  passkeysAreTold(tables)
}

/** As many as were added and not removed; and a challenge is used up by what it opens, and by nothing else. */
function passkeysAreTold({ accounts, passkeys, challenges, audit, told, toldInAll }: Tables) {
  const began = counter(audit.filter(beganWithPasskey).map(({ owner }) => owner))
  const there = counter(passkeys.map(({ owner }) => owner))
  const known = new Set(accounts.map(({ owner }) => owner))
  for (const { owner } of passkeys) same('an account of a passkey', known.has(owner), true)
  for (const owner of known) {
    const added = told('passkey.added', owner) + told('passkey.added before', owner) + (began.get(owner) ?? 0)
    same('passkeys', there.get(owner) ?? 0, added - told('passkey.removed', owner))
  }
  const added = sum([...known], (owner) => told('passkey.added', owner) + (began.get(owner) ?? 0))
  // Each answer of a provider, too.
  const connected = toldInAll('connection.added') - sum(accounts, ({ owner }) => told('connection.added before', owner))
  const used = passkeys.filter(({ last_used_at }) => last_used_at !== null).length
  const opened = toldInAll('login.succeeded') + toldInAll('login.unfinished') + toldInAll('reauthentication.succeeded')
  const least = added + used + connected
  same('challenges', challenges >= least && challenges <= added + connected + opened, true)
}

/** An account without a password starts with its passkey. */
function beganWithPasskey({ event, methods }: Tables['audit'][number]): boolean {
  return event === 'registration.succeeded' && /[hs]wk/.test(methods ?? '')
}

const sum = <T>(all: T[], of: (one: T) => number) => all.reduce((total, one) => total + of(one), 0)
