// A session that has ended is dead, for every copy of its cookie.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { passphrase } from '../people.ts'
import { sessionOf } from '../target.ts'

const afterLogout: Attack = {
  name: 'session: the old cookie after logging out',
  asvs: 'V7.4.1 V14.3.1',
  sent: 'GET /account and /account/password with it',
  expected: '303 to the login page, nothing of the account',
  async run(target) {
    const { email, password } = await target.account('ada')
    const browser = target.browser()
    await browser.submit('/login', { email, password })
    const { cookie } = browser
    const page = await browser.open('/account')
    const out = await browser.post('/logout', {})
    if (page.status !== 200 || out.status !== 303) return verdict(false, `the way there: ${page.status}, ${out.status}`)
    return eachOf(['/account', '/account/password'], async (path) => {
      const { status, headers, body } = await target.get(path, { cookie })
      return verdict(
        status === 303 && !!headers.location?.startsWith('/login') && !body.includes(email),
        String(status),
      )
    })
  },
}

const afterChange: Attack = {
  name: 'session: the other cookies after a new password',
  asvs: 'V7.4.3 V6.2.2 V7.2.4',
  sent: 'GET /account with a session from before',
  expected: 'a visitor; the changing session has a new token',
  async run(target) {
    const person = await target.register()
    const other = sessionOf(await target.json('/api/v1/login', person)) ?? ''
    const change = { current_password: person.password, new_password: passphrase() }
    const answer = await target.json('/api/v1/password', change, { cookie: person.cookie })
    const fresh = sessionOf(answer) ?? ''
    const whose = await Promise.all([other, person.cookie, fresh].map((cookie) => target.whoIs(cookie)))
    const isSafe = other !== '' && whose[0] === undefined && whose[1] === undefined && whose[2] === person.email
    return verdict(isSafe, whose.map((who) => (who ? 'logged in' : 'a visitor')).join(', '))
  },
}

export const endedSessions: Attack[] = [afterLogout, afterChange]
