// A second factor is there whole, or not at all; and each use of a code has a record.
import { same } from './same.ts'
import { counter, type Tables } from './tables.ts'

export function factorsAreWhole({ accounts, totp, codes, trusted, told }: Tables) {
  const apps = counter(totp.map(({ owner }) => owner))
  const made = counter(codes.map(({ owner }) => owner))
  const used = counter(codes.filter(({ used_at }) => used_at !== null).map(({ owner }) => owner))
  const known = new Set(accounts.map(({ owner }) => owner))
  for (const { owner } of [...totp, ...codes, ...trusted]) same('an account', known.has(owner), true)
  const holders = new Set(accounts.filter((one) => one.has_second_factor === 1).map(({ owner }) => owner))
  for (const { owner, has_app, has_second_factor } of accounts) {
    same('an app', apps.get(owner) ?? 0, has_app)
    // All ten, or none: without a second factor, or after they were voided.
    const isVoid = told('recovery-codes.removed', owner) > 0
    if (has_second_factor === 0 || !isVoid) same('recovery codes', made.get(owner) ?? 0, 10 * has_second_factor)
    same('used codes', (used.get(owner) ?? 0) <= told('recovery-code.used', owner), true)
  }
  for (const { owner } of trusted) same('trusted devices', holders.has(owner), true)
}
