import type { WayIn } from '../../identity/logins/login.ts'

export const byPassword: WayIn = { name: 'password', succeeded: 'login.succeeded', unfinished: 'login.unfinished' }
