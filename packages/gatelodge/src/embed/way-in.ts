import type { WayIn } from '../identity/logins/login.ts'

/** `test.loginAs`, for the tests of an app that holds us. */
export const byTest: WayIn = { name: 'test', succeeded: 'login.succeeded', unfinished: 'login.unfinished' }
