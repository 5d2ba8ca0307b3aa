// After a registration that the email decides, behind an invitation or not.
import { paths } from '../../paths.ts'
import { seeOther } from '../http/answer.ts'
import type { Context } from '../http/context.ts'
import { keepAskedEmail } from './flash.ts'

interface Asked {
  email: string
  /** Of the account that would come of it. */
  accountId: Buffer
  /** Behind an invitation. */
  isInvited?: true | undefined
}

/** Nothing that was looked up: the answer is the same for every address. */
export function registrationSent(c: Context, { email, accountId, isInvited }: Asked): Response {
  const newcomer = accountId.toString('hex')
  const asked = keepAskedEmail(c, { path: paths.registerSent, email, newcomer, ...(isInvited && { isInvited }) })
  return seeOther(c, paths.registerSent, asked === 'again' ? { notice: { code: 'asked-again' } } : {})
}
