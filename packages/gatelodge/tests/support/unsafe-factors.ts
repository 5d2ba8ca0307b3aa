// The second factor of the site that does everything wrong: it is shown to everyone, set up and taken off by anyone for anyone
// with any code, and never asked for.
import type { Anything } from './unsafe-fields.ts'

const key = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'
const codes = Array.from({ length: 10 }, (_, at) => `abcd-efgh-ijkl-mno${'abcdefghij'[at]}`)

/** What its pages say, whatever they are asked for; undefined: it is another page. */
export function factorOf(plain: string, fields: Anything, owner: Anything, all: Anything[]): string | undefined {
  if (!/^\/account\/(two-factor|recovery-codes)/.test(plain)) return undefined
  const whose = all.find(({ email }) => fields.email === email) ?? owner
  if (fields.remove) whose.app = undefined
  else if (fields.code) whose.app = {}
  if (fields.codes) return fields.codes
  const list = codes.map((code) => `<li>${code}</li>`).join('')
  return `<p class="code">${key}</p><input name="setup" value="same"><ul>${list}</ul>
    <input name="codes" value="${codes.join(' ')}"> ${JSON.stringify({ app: whose.app ?? null, key })}`
}

/** Anyone learns who has one. */
export function refusedWithHint(known: Anything[]): string {
  if (known.length === 0) return 'nobody by that name'
  return known.some(({ app }) => app) ? 'wrong password, and a code would be asked' : 'wrong password'
}
