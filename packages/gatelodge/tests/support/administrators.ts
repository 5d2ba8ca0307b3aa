// People who run the site, for tests of what only they may do.
import { join } from './groups.ts'
import type { TestApp } from './make-app.ts'
import { type Protected, shown, someoneWithApp } from './second-factor.ts'

/** Logged in with an authenticator app, a moment ago. */
export async function someAdministrator(app: TestApp): Promise<Protected> {
  const someone = await someoneWithApp(app)
  await join(app, someone.person, 'administrators')
  return someone
}

/** Proves it again, on the page that asks for it. */
export async function proveAgain(app: TestApp, { browser, key }: Pick<Protected, 'browser' | 'key'>): Promise<void> {
  await browser.submit({ code: shown(app, key) })
}
