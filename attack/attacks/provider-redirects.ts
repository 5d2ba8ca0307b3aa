// The way to a provider and back: nobody is sent anywhere else.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { leave, providersOf } from '../providers.ts'

const returnTo: Attack = {
  name: 'provider: return_to elsewhere',
  asvs: 'V3.7.2 V10.2.1',
  sent: 'the button with a return_to of another site, and with parameters that are the provider’s',
  expected: 'to the provider, with what the site says',
  async run(target) {
    const [name] = await providersOf(target)
    const tries = [
      ...['return_to=https://e.test', 'return_to=//e.test', 'return_to=/%5Ce.test', 'redirect_uri=https://e.test/'],
      ...[
        'state=e.test',
        'scope=e.test',
        'client_id=e.test',
        'response_mode=e.test',
        'prompt=e.test&iss=https://e.test',
      ],
    ]
    return eachOf(tries, async (query) => {
      const { location, answer } = await leave(target, target.browser(), name, `?${query}`)
      return verdict(!location.includes('e.test'), location.includes('e.test') ? location : String(answer.status))
    })
  },
}

const otherHost: Attack = {
  name: 'provider: back to another host',
  asvs: 'V10.2.1 V4.1.3',
  sent: 'the button with Host, X-Forwarded-Host, X-Forwarded-Proto and Forwarded of another site',
  expected: 'the redirect address of the site, or no answer to such a host',
  async run(target) {
    const [name] = await providersOf(target)
    const tries: Record<string, string>[] = [
      { host: 'e.test' },
      { 'x-forwarded-host': 'e.test', 'x-forwarded-proto': 'https' },
      { forwarded: 'host=e.test;proto=https' },
      { 'x-original-url': '//e.test/', 'x-forwarded-prefix': '//e.test' },
    ]
    return eachOf(tries, async (headers) => {
      const { status, headers: came } = await target.get(`/login/with/${name}`, headers)
      const location = came.location ?? ''
      return verdict(
        status < 500 && !location.includes('e.test'),
        location.includes('e.test') ? location : String(status),
      )
    })
  },
}

const nativeApp: Attack = {
  name: 'provider: to an app that the site does not know',
  asvs: 'V3.7.2 V10.4.1',
  sent: 'the button with app_redirect to other sites, scripts, files and schemes, with a right challenge',
  expected: '404, and nobody is sent there',
  async run(target) {
    const [name] = await providersOf(target)
    const own = target.base.host
    const tries = [
      ...['https://e.test/', '//e.test', 'javascript:e.test', 'data:text/html,e.test', 'file:///e.test', 'e.test:/x'],
      ...[`https://${own}@e.test/`, `https://e.test/?${own}`, 'e.test', ' https://e.test', 'https:e.test', ''],
    ]
    return eachOf(tries, async (app_redirect) => {
      const query = new URLSearchParams({ app_redirect, app_challenge: 'A'.repeat(43), app_state: 'x' })
      const { status, headers } = await target.get(`/login/with/${name}?${query}`)
      return verdict(status === 404 && !headers.location, `${status} ${headers.location ?? ''}`.trim())
    })
  },
}

const unknown: Attack = {
  name: 'provider: one that there is not',
  asvs: 'V2.2.1 V15.3.6',
  sent: 'names of properties, paths, wildcards and other spellings as the name of a provider',
  expected: '404',
  async run(target) {
    const [name] = await providersOf(target)
    const tries = [
      'constructor',
      '__proto__',
      'toString',
      '%2e%2e%2fregister',
      '*',
      '%00',
      name.toUpperCase(),
      `${name}%20`,
    ]
    return eachOf(tries, async (other) => {
      const paths = [`/login/with/${other}`, `/login/with/${other}/callback?code=x&state=x`]
      return eachOf(paths, async (path) => {
        const { status } = await target.get(path)
        return verdict(status === 404 || status === 400, String(status))
      })
    })
  },
}

export const providerRedirects: Attack[] = [returnTo, otherHost, nativeApp, unknown]
