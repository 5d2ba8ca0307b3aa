// The way in of a log-in that goes on after a step.
import type { WayIn } from '../../identity/logins/login.ts'

export const continuedLogin: WayIn = {
  name: 'log-in under way',
  succeeded: 'login.succeeded',
  unfinished: 'login.unfinished',
}
