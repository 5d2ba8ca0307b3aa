// What the attacks that guess have in common.
import type { Answer } from './http.ts'
import { passphrase } from './people.ts'
import type { Target } from './target.ts'

/** What the product promises: so many wrong passwords for one account, so many failures and registrations for one client. */
export const freeForAccount = 5
export const mostForAddress = 30
export const mostRegistrations = 60

export const guess = (target: Target, email: string, headers = {}) =>
  target.json('/api/v1/login', { email, password: passphrase() }, headers)
export const isLimited = ({ status, headers }: Answer) =>
  status === 429 && /^[1-9]\d*$/.test(headers['retry-after'] ?? '')
export const spoken = (statuses: number[]) =>
  statuses.join(' ').replace(/(\b\d{3})( \1)+/g, (run, status) => `${run.split(' ').length} × ${status}`)

/** The first waits are short, and this machine may be slow; but they double: three guesses are never all in time. */
export async function untilLimited(ask: () => Promise<Answer>): Promise<Answer> {
  let answer = await ask()
  for (let again = 0; again < 2 && answer.status !== 429; again += 1) answer = await ask()
  return answer
}

/** The one whose account has to wait from the first attack on. */
export const victim = (target: Target) => target.account('victim')
