// Every sentence that a person can read on a page, in English: by topic in `en/`, as one here. It reads aloud well, says
// what to do, and never blames. The words of emails stand beside it.
import { account } from './en/account.ts'
import { accountDeletion } from './en/account-deletion.ts'
import { api } from './en/api.ts'
import { changes } from './en/changes.ts'
import { emailLinks } from './en/email-links.ts'
import { frame } from './en/frame.ts'
import { lost, notices } from './en/notices.ts'
import { problems } from './en/problems.ts'
import { cookiesOff, failures, headersTooLarge, notOurPage, refusals, unparsed } from './en/refusals.ts'
import { waysIn } from './en/ways-in.ts'

export { spellLife, waitText } from './en/durations.ts'
export { problemText } from './en/problems.ts'

export const text = {
  ...frame,
  ...waysIn,
  ...account,
  ...changes,
  ...emailLinks,
  api,
  accountDeletion,
  notices,
  lost,
  problems,
  refusals,
  cookiesOff,
  failures,
  notOurPage,
  headersTooLarge,
  unparsed,
} as const
