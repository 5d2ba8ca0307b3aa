// A person with all ways to log in, who tries each of them on the site that the rows were moved to.
import { expect } from 'vitest'
import { Authenticator } from '../support/authenticator.ts'
import type { TestApp } from '../support/make-app.ts'
import { addPasskey, answerWith, logInWithPasskey, originOf } from '../support/passkeys.ts'
import { type Protected, shown, someoneWithApp } from '../support/second-factor.ts'

interface Moved extends Protected {
  passkey: Authenticator
}

/** With a password, an app, recovery codes and a passkey. */
export async function someoneWithEachWay(app: TestApp): Promise<Moved> {
  const one = await someoneWithApp(app)
  const passkey = new Authenticator(originOf(app))
  await addPasskey(one.browser, passkey)
  expect(one.browser.page.path).toBe('/account/passkeys/rename')
  return { ...one, passkey }
}

/** On another site with the same secret, at the time of the first. */
export async function logsInEachWay(there: TestApp, { person, key, codes, passkey }: Moved): Promise<void> {
  const { email = '', password = '' } = person
  const factors = {
    'app code': ['/two-factor?by=app', { code: shown(there, key) }],
    'recovery code': ['/two-factor?by=recovery-code', { recovery_code: codes[0] ?? '' }],
  } as const
  for (const [way, [path, fields]] of Object.entries(factors)) {
    const visitor = there.visitor()
    await visitor.logIn({ email, password })
    await visitor.open(path)
    await visitor.submit(fields)
    expect((await visitor.account()).email, way).toBe(email)
  }
  const behindPassword = there.visitor()
  await behindPassword.logIn({ email, password })
  await behindPassword.open('/two-factor')
  await answerWith(behindPassword, '/two-factor', passkey)
  expect((await behindPassword.account()).email, 'password and passkey').toBe(email)
  const alone = there.visitor()
  await logInWithPasskey(alone, passkey)
  expect((await alone.account()).email, 'passkey').toBe(email)
}
