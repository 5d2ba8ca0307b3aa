// A step: what an account must still pass between its proof and its session. A capability that has one exports it from its
// `step.ts`, and `app.ts` puts it into the list.
import type { Settings } from '../../config/schema.ts'
import type { Device } from '../../identity/logins/device.ts'
import type { LoginAccount, WayIn } from '../../identity/logins/login.ts'
import type { Methods } from '../../identity/logins/methods.ts'
import type { Services } from '../../services.ts'
import type { Milliseconds } from '../../time.ts'
import type { ProblemCode } from '../http/problem-codes.ts'

export interface Step {
  name: string
  /** The page where it is passed. */
  page: string
  /** What a program reads instead. Stable. */
  code: ProblemCode
  /** How long after the first proof it may be passed: ten minutes for a code, an hour for an address or an enrolment. */
  lasts: Milliseconds
  /**
   * Must this account still pass here? What is stored may change before the session starts, so whatever is asked here stands
   * in the statement that inserts it as well (identity/sessions/storage.ts).
   */
  isDue(question: StepQuestion): Promise<boolean>
  /** By which names a program finds the ways to pass it that this account has. */
  ways?(services: Services, account: Buffer): Promise<string[]>
}

export interface StepQuestion {
  /** As it will be when the log-in is done. */
  account: LoginAccount
  /** The way in, and what was proved so far. */
  proof: { way: WayIn; methods: Methods }
  device: Device
  settings: Settings
  /** For what is stored. */
  services: Services
}
