// Every page in every state that a person can meet, in one list: for the accessibility tests and for the screenshots.
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import type { Settings } from '../../src/config/schema.ts'
import { changePassword, logIn, press, register, registered, type } from './steps.ts'

/** The sites that the states need, by their settings. */
export const sites = {
  open: {},
  closed: { registration: 'closed' },
  away: { databaseUrl: 'mysql://nobody@127.0.0.1:1/none' },
  broken: {},
} as const satisfies Record<string, Partial<Settings>>

export type SiteKind = keyof typeof sites

/** How to know that such a site is there. */
export const health = (kind: SiteKind): string => (kind === 'away' ? '/health/alive' : '/health/ready')

/** What makes a site the broken one, once it runs: a fault that nobody has thought of. */
export function breakDatabase(file: string): void {
  const database = new DatabaseSync(file)
  database.exec('drop table gatelodge_passwords')
  database.close()
}

export interface State {
  name: string
  site: SiteKind
  /** Leads a browser that was never here to the page. */
  reach(page: Page): Promise<unknown>
}

const ada = { name: 'Ada Lovelace', email: 'ada@example.org', password: 'violet tram lamp' }
const typedWrongly = { 'Your name': 'Ada Lovelace', 'Email address': 'ada@example', Password: 'short' }

/** A form whose cookie the browser has dropped. */
async function sendStale(page: Page, button: string): Promise<void> {
  await page.context().clearCookies()
  await press(page, button)
}

const login: State[] = [
  { name: 'login', site: 'open', reach: (page) => page.goto('/login') },
  { name: 'login-asked-for', site: 'open', reach: (page) => page.goto('/account') },
  {
    name: 'login-empty',
    site: 'open',
    async reach(page) {
      await page.goto('/login')
      await press(page, 'Log in')
    },
  },
  { name: 'login-wrong', site: 'open', reach: (page) => logIn(page, { ...ada, email: 'nobody@example.org' }) },
  {
    name: 'login-held-back',
    site: 'open',
    async reach(page) {
      for (let time = 0; time < 6; time += 1) await logIn(page, { ...ada, email: 'guessed@example.org' })
    },
  },
  {
    name: 'login-stale',
    site: 'open',
    async reach(page) {
      await page.goto('/login')
      await type(page, { 'Email address': ada.email })
      await sendStale(page, 'Log in')
    },
  },
  {
    name: 'login-logged-out',
    site: 'open',
    async reach(page) {
      await registered(page)
      await press(page, 'Log out')
    },
  },
]

const registration: State[] = [
  { name: 'register', site: 'open', reach: (page) => page.goto('/register') },
  {
    name: 'register-wrong',
    site: 'open',
    async reach(page) {
      await page.goto('/register')
      await type(page, typedWrongly)
      await press(page, 'Create account')
    },
  },
  {
    name: 'register-taken',
    site: 'open',
    async reach(page) {
      const taken = await registered(page, { email: 'mary@example.org' })
      await press(page, 'Log out')
      await register(page, taken)
    },
  },
  {
    name: 'register-common-password',
    site: 'open',
    reach: (page) => register(page, { ...ada, password: 'password123' }),
  },
  {
    name: 'register-typo',
    site: 'open',
    reach: (page) => register(page, { ...ada, email: 'ada@gmial.com' }),
  },
  {
    name: 'register-stale',
    site: 'open',
    async reach(page) {
      await page.goto('/register')
      await type(page, typedWrongly)
      await sendStale(page, 'Create account')
    },
  },
  { name: 'register-closed', site: 'closed', reach: (page) => page.goto('/register') },
]

const account: State[] = [
  { name: 'account-welcome', site: 'open', reach: (page) => register(page, ada) },
  {
    name: 'account',
    site: 'open',
    async reach(page) {
      const grace = await registered(page, { name: 'Grace Hopper', email: 'grace@example.org' })
      await press(page, 'Log out')
      await logIn(page, grace)
    },
  },
  {
    name: 'account-password-changed',
    site: 'open',
    async reach(page) {
      const { password } = await registered(page, { name: 'Mary Jackson', email: 'mary.jackson@example.org' })
      await changePassword(page, password, 'amber ferry clock')
    },
  },
  {
    name: 'account-long',
    site: 'open',
    reach: (page) =>
      registered(page, { name: 'Wolfeschlegelsteinhausen'.repeat(3), email: `${'x'.repeat(60)}@example.org` }),
  },
  {
    name: 'change-password',
    site: 'open',
    async reach(page) {
      await registered(page)
      await page.goto('/account/password')
    },
  },
  {
    name: 'change-password-wrong',
    site: 'open',
    async reach(page) {
      await registered(page)
      await changePassword(page, 'not my password', 'short')
    },
  },
  {
    name: 'logout',
    site: 'open',
    async reach(page) {
      await registered(page)
      await page.goto('/logout')
    },
  },
]

const failures: State[] = [
  { name: 'not-found', site: 'open', reach: (page) => page.goto('/nothing-here') },
  {
    name: 'not-same-site',
    site: 'open',
    async reach(page) {
      await registered(page)
      // Where there is no page at the form's address that could be shown again.
      await page.evaluate("document.forms[0].action = '/nothing-here'; document.forms[0].form_token.value = ''")
      await press(page, 'Log out')
    },
  },
  { name: 'unavailable', site: 'away', reach: (page) => logIn(page, ada) },
  { name: 'failed', site: 'broken', reach: (page) => logIn(page, ada) },
]

export const states: State[] = [...login, ...registration, ...account, ...failures]
