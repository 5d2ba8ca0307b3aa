// Before anything is attacked: is it there, is it a Gatelodge, does it take forms from here, is it willing to listen?
import { passphrase, someone } from './people.ts'
import { Limited, sessionOf, type Target } from './target.ts'

/** @returns a sentence that says why the attacks cannot be tried, or undefined where they can. */
export async function firstLook(target: Target): Promise<string | undefined> {
  const { href, origin } = target.base
  try {
    const alive = await target.get('/health/alive')
    const browser = target.browser()
    const login = await browser.open('/login')
    if (alive.status !== 200 || login.status !== 200 || !login.body.includes('name="password"'))
      return `${href} is not a Gatelodge.`
    // Without an address and a password: refused by what was typed, and counted nowhere.
    const empty = await browser.post('/login', {})
    if (empty.status === 403)
      return `It does not take forms from ${origin}. Name the base URL that it is configured with.`
    const registration = await browser.open('/register')
    if (!registration.body.includes('name="password"'))
      return 'Registration is closed. The attacks need a few accounts.'
    // One wrong log-in: if even that has to wait, so would everything after it.
    await target.json('/api/v1/login', { email: 'attack@example.org', password: passphrase() })
    if (!sessionOf(await target.json('/api/v1/register', someone())))
      return 'Anyone who registers is not let in at once (see the settings registration and requireVerifiedEmail). The attacks need that.'
  } catch (error) {
    if (error instanceof Limited) throw error
    const { code, message } = error as NodeJS.ErrnoException
    return `${href} does not answer: ${code ?? message}.`
  }
  return undefined
}
