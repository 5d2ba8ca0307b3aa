// Fields nobody asked for, NUL and line breaks in every field.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf } from '../target.ts'

const unasked = {
  id: '00000000-0000-7000-8000-000000000001',
  role: 'admin',
  admin: true,
  is_admin: 'true',
  verified: true,
  email_verified: '1',
  disabled_at: '1',
  created_at: '1',
  version: '9',
  registration: 'instant',
}

const extra: Attack = {
  name: 'fields: role, id, verified at registration',
  asvs: 'V8.2.3 V15.3.3 V15.3.1',
  sent: 'a registration with id, role, admin, verified, disabled_at …',
  expected: 'taken as if they were not there',
  async run(target) {
    const answer = await target.json('/api/v1/register', { ...someone(), ...unasked })
    const cookie = sessionOf(answer)
    if (!cookie) return verdict(answer.status < 500, `${answer.status}, refused`)
    const account = await target.get('/api/v1/session', { cookie })
    const told = (JSON.parse(account.body || '{}').account ?? {}) as Record<string, unknown>
    const known = ['id', 'name', 'email', 'email_verified', 'registered_at', 'groups', 'fields']
    const taken = Object.entries(unasked).filter(
      ([name, value]) => name in told && String(told[name]) === String(value),
    )
    const unknown = Object.keys(told).filter((name) => !known.includes(name))
    const isSafe = account.status === 200 && taken.length === 0 && unknown.length === 0
    return verdict(isSafe, `${account.status} ${Object.keys(told).join(' ')}`)
  },
}

const somebodyElse: Attack = {
  name: 'fields: someone else’s id at a password change',
  asvs: 'V8.2.2 V8.2.3',
  sent: 'a new password with the id and the address of another account',
  expected: 'the other account keeps its password',
  async run(target) {
    const [ada, eve] = [await target.account('ada'), await target.account('eve')]
    const { account: adas } = JSON.parse((await target.get('/api/v1/session', { cookie: ada.cookie })).body)
    const taken = passphrase()
    const owner = { id: adas.id, account_id: adas.id, account: adas.id, email: ada.email }
    // Without the present password: Eve's own account stays as it is.
    const change = { current_password: '', new_password: taken, ...owner }
    const answer = await target.json('/api/v1/password', change, { cookie: eve.cookie })
    const login = await target.json('/api/v1/login', { email: ada.email, password: ada.password })
    return verdict(answer.status === 422 && login.status === 200, `${answer.status}, then ${login.status}`)
  },
}

const nul: Attack = {
  name: 'fields: NUL in each field of a registration',
  asvs: 'V1.3.3 V2.2.1',
  sent: 'name and email with NUL in the middle',
  expected: '422',
  run: (target) =>
    eachOf(['name', 'email'], async (field) => {
      const person = { ...someone(), return_to: '/account' } as Record<string, string>
      const answer = await target.json('/api/v1/register', { ...person, [field]: `a\0${person[field]}` })
      return verdict(answer.status === 422 && !sessionOf(answer), String(answer.status))
    }),
}

const nulInReturn: Attack = {
  name: 'fields: NUL in return_to, remember and form_token',
  asvs: 'V1.3.3 V2.2.1',
  sent: 'a right log-in with NUL in the fields around it',
  expected: 'a path without it, or a refusal; never a failure',
  async run(target) {
    const { email, password } = await target.account('ada')
    return eachOf(['return_to', 'remember', 'form_token'], async (field) => {
      const browser = target.browser()
      await browser.open('/login')
      const answer = await browser.post('/login', { email, password, [field]: `/acc\0ount${field}` })
      const isSafe = answer.headers.location === '/account?cookies=1'
      return verdict(isSafe, `${answer.status} ${answer.headers.location ?? ''}`)
    })
  },
}

const lineBreaks: Attack = {
  name: 'fields: a line break and a header in each field',
  asvs: 'V1.2.1 V1.3.11 V4.2.4',
  sent: 'CR LF Set-Cookie: injected=1 in name, email, return_to, remember and form_token',
  expected: 'no such header, no such cookie',
  async run(target) {
    const { email, password } = await target.account('ada')
    const fields = ['name', 'email', 'password', 'return_to', 'remember', 'form_token', 'kept_email']
    const injected = '\r\nSet-Cookie: injected=1\r\nX-Injected: 1'
    return eachOf(fields, async (field) => {
      const browser = target.browser()
      const path = ['name', 'kept_email', 'email'].includes(field) ? '/register' : '/login'
      await browser.open(path)
      // Without a password nothing is registered and no log-in is counted.
      const honest: Record<string, string> =
        path === '/login' && field !== 'password' ? { email, password } : { email: '' }
      const answer = await browser.post(path, { ...honest, [field]: `/account${injected}` })
      const isInjected =
        answer.headers['x-injected'] !== undefined || answer.cookies.some((one) => one.startsWith('injected'))
      return verdict(!isInjected && answer.status < 500, String(answer.status))
    })
  },
}

export const fields: Attack[] = [extra, somebodyElse, nul, nulInReturn, lineBreaks]
