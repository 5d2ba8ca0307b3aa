// How often an answer may be wrong. A guess is out of the question; it bounds what a stranger can make us check.
import type { Limit } from '../../identity/attempts/budgets.ts'

/** From one client's network: as many as wrong passwords. */
export const failedAnswers: Limit = ({ loginFailuresPerAddress, loginAddressWindow }) => ({
  free: loginFailuresPerAddress,
  memory: loginAddressWindow,
})

export const limits = { passkey: failedAnswers }
