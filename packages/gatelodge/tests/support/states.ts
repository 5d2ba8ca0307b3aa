// Every page in every state that a person can meet, in one list: for the accessibility tests and for the screenshots.
import { account } from './states/account.ts'
import { accountDeletion } from './states/account-deletion.ts'
import { api } from './states/api.ts'
import { changes } from './states/changes.ts'
import { connections } from './states/connections.ts'
import { consolePages } from './states/console.ts'
import { bulkActs } from './states/console-bulk-acts.ts'
import { consoleLists } from './states/console-lists.ts'
import { devices } from './states/devices.ts'
import { emails } from './states/emails.ts'
import { failures } from './states/failures.ts'
import { invitations } from './states/invitations.ts'
import { login } from './states/login.ts'
import { passkeys } from './states/passkeys.ts'
import { passwordReset } from './states/password-reset.ts'
import { confirmFirst, passkeyAlone, registration } from './states/registration.ts'
import type { State } from './states/state.ts'
import { twoFactor } from './states/two-factor.ts'
import { verification } from './states/verification.ts'

export { databaseFiles, health, type SiteKind, type State, sites } from './states/state.ts'

/** In three parts, each about as long as the others: what takes long can be done side by side. */
export const entering: State[] = [
  ...login,
  ...registration,
  ...confirmFirst,
  ...passkeyAlone,
  ...verification,
  ...passwordReset,
  ...accountDeletion,
  ...emails,
  ...api,
  ...failures,
]

export const beingIn: State[] = [...account, ...changes, ...devices, ...connections, ...twoFactor, ...passkeys]

export const operating: State[] = [...consolePages, ...bulkActs, ...consoleLists, ...invitations]

export const states: State[] = [...entering, ...beingIn, ...operating]
