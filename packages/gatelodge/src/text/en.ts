// Every sentence that a person can read on a page, in English: by topic in `en/`, as one here. It reads aloud well, says
// what to do, and never blames. The words of letters stand beside it.
import { account } from './en/account.ts'
import { api } from './en/api.ts'
import { byLetter } from './en/by-letter.ts'
import { changes } from './en/changes.ts'
import { frame } from './en/frame.ts'
import { goodbye } from './en/goodbye.ts'
import { lost, notices } from './en/notices.ts'
import { problems } from './en/problems.ts'
import { failures, headersTooLarge, notOurPage, refusals, unparsed } from './en/refusals.ts'
import { waysIn } from './en/ways-in.ts'

export { spellLife, waitText } from './en/durations.ts'
export { problemText } from './en/problems.ts'

export const text = {
  ...frame,
  ...waysIn,
  ...account,
  ...changes,
  ...byLetter,
  api,
  goodbye,
  notices,
  lost,
  problems,
  refusals,
  failures,
  notOurPage,
  headersTooLarge,
  unparsed,
} as const
