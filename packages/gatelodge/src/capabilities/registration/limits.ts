import type { Limit } from '../../identity/attempts/budgets.ts'

export const limits = {
  /** From one network: a whole school may sit behind one address. */
  'registration from': (settings) => ({
    free: settings.registrationsPerAddress,
    memory: settings.registrationsWindow,
  }),
} satisfies Record<string, Limit>
