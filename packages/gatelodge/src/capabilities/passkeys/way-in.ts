import type { WayIn } from '../../identity/logins/login.ts'

export const byPasskey: WayIn = { name: 'passkey', succeeded: 'login.succeeded', unfinished: 'login.unfinished' }
