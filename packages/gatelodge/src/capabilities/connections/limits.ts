// How often an answer of a provider may be refused: each costs a question to that provider.
import type { Limit } from '../../identity/attempts/budgets.ts'

export const limits = {
  /** From one client's network: as many as wrong passwords. */
  connection: ({ loginFailuresPerAddress, loginAddressWindow }) => ({
    free: loginFailuresPerAddress,
    memory: loginAddressWindow,
  }),
  /** From one network, beside those with a password: as many. */
  'registration by connection': ({ registrationsPerAddress, registrationsWindow }) => ({
    free: registrationsPerAddress,
    memory: registrationsWindow,
  }),
} as const satisfies Record<string, Limit>
