// Every page in every state that a person can meet, in one list: for the accessibility tests and for the screenshots.
import { account } from './states/account.ts'
import { api } from './states/api.ts'
import { changes } from './states/changes.ts'
import { devices } from './states/devices.ts'
import { failures } from './states/failures.ts'
import { goodbye } from './states/goodbye.ts'
import { letters } from './states/letters.ts'
import { login } from './states/login.ts'
import { recovery } from './states/recovery.ts'
import { confirmFirst, registration } from './states/registration.ts'
import type { State } from './states/state.ts'
import { verification } from './states/verification.ts'

export { breakDatabase, health, type SiteKind, type State, sites } from './states/state.ts'

export const states: State[] = [
  ...login,
  ...registration,
  ...confirmFirst,
  ...verification,
  ...recovery,
  ...account,
  ...changes,
  ...devices,
  ...goodbye,
  ...letters,
  ...api,
  ...failures,
]
