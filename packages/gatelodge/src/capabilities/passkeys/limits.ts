// How often an answer may be wrong. A guess is out of the question; it bounds what a stranger can make us check.
import type { Limit } from '../../identity/attempts/budgets.ts'

export const limits = {
  /** From one client's network: as many as wrong passwords. */
  passkey: ({ loginFailuresPerAddress, loginAddressWindow }) => ({
    free: loginFailuresPerAddress,
    memory: loginAddressWindow,
  }),
} as const satisfies Record<string, Limit>
