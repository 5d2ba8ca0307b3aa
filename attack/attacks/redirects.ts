// No value of `return_to` redirects a person to another site.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

/** Where someone wants to be led: e.test, or a script. */
const elsewhere = [
  '//e.test',
  '///e.test',
  '/\\e.test',
  '\\\\e.test',
  '\\/e.test',
  'https:e.test',
  'https://e.test/',
  'http:\\\\e.test',
  '/%5ce.test',
  '/%2fe.test',
  '/%09/e.test',
  '/\t/e.test',
  '/\n/e.test',
  ' //e.test',
  '/.//e.test',
  '/account/..//e.test',
  '//us.test@e.test',
  'javascript:1',
  'data:text/html,x',
]

/** Any reader may be the one on the way: a browser's parser, one that takes a backslash for a slash, one that decodes first. */
function leadsAway(location: string, { base }: Pick<Target, 'base'>): boolean {
  const readings = [location, location.replaceAll('\\', '/'), location.replace(/[\t\r\n]/g, ''), decoded(location)]
  return readings.some((one) => {
    const path = one.startsWith(base.origin) ? one.slice(base.origin.length) : one
    if (!URL.canParse(one, base.href) || new URL(one, base).origin !== base.origin) return true
    // "/.//e.test" is a path to the parser, and a host once someone writes it out.
    return /^\s*[/\\]{2}|^\/[\\\t\r\n]/.test(path) || new URL(one, base).pathname.startsWith('//')
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const atLogin: Attack[] = elsewhere.map((to) => ({
  name: `return_to ${JSON.stringify(to).slice(1, -1)} at login`,
  asvs: 'V3.7.2 V1.2.2',
  sent: 'a right log-in with it',
  expected: 'a path of this site',
  async run(target) {
    const { email, password } = await target.account('ada')
    const form = await target.browser().submit('/login', { email, password, return_to: to })
    const location = form.headers.location ?? ''
    return verdict(location !== '' && !leadsAway(location, target), location || `${form.status} without Location`)
  },
}))

const long: Attack = {
  name: 'return_to of 20 kB',
  asvs: 'V4.2.5',
  sent: 'a right log-in with it',
  expected: 'a short Location',
  async run(target) {
    const { email, password } = await target.account('ada')
    const answer = await target.browser().submit('/login', { email, password, return_to: `/${'a'.repeat(20_000)}` })
    const { length } = answer.headers.location ?? ''
    return verdict(answer.status === 303 && length > 0 && length < 2_000, `${answer.status}, ${length} characters`)
  },
}

const onPages: Attack = {
  name: 'return_to on the pages',
  asvs: 'V3.7.2 V1.2.2',
  sent: 'GET /login?return_to=… and /register?return_to=… with each of them',
  expected: 'no field and no link of the page leads there',
  run: (target) =>
    eachOf(
      ['/login', '/register'].flatMap((path) => elsewhere.map((to) => [path, to] as const)),
      async ([path, to]) => {
        const { status, body } = await target.get(`${path}?return_to=${encodeURIComponent(to)}`)
        const away = wayOut(body, target)
        return verdict(status === 200 && away === undefined, away ?? String(status))
      },
    ),
}

/** Where a page leads to another site, by a link, a form or a field. */
function wayOut(body: string, target: Target): string | undefined {
  const led = [...body.matchAll(/(?:href|action|value)="([^"]*)"/g)].map((match) => match[1] ?? '')
  return led.find((one) => /e\.test|javascript:|data:/.test(decoded(one)) && leadsAway(returned(one), target))
}

/** What a link hands on, or the value itself. */
function returned(link: string): string {
  return decoded(/[?&]return_to=([^&]*)/.exec(link)?.[1] ?? link)
}

const atRegistration: Attack = {
  name: 'return_to at registration',
  asvs: 'V3.7.2',
  sent: 'registrations with //e.test and /\\e.test',
  expected: 'a path of this site',
  run: (target) =>
    eachOf(['//e.test', '/\\e.test'], async (to) => {
      const answer = await target.browser().submit('/register', { ...someone(), return_to: to })
      const { location } = answer.headers
      return verdict(
        !!sessionOf(answer) && location !== undefined && !leadsAway(location, target),
        `${answer.status} ${location}`,
      )
    }),
}

const afterMistake: Attack = {
  name: 'return_to after a mistake',
  asvs: 'V3.7.2',
  sent: 'an empty form with //e.test, /\\e.test and https://e.test',
  expected: 'back to the form, without it',
  run: (target) =>
    eachOf(
      ['/login', '/register'].flatMap((path) =>
        ['//e.test', '/\\e.test', 'https://e.test'].map((to) => [path, to] as const),
      ),
      async ([path, to]) => {
        const { status, headers } = await target.browser().submit(path, { email: '', password: '', return_to: to })
        const location = headers.location ?? ''
        return verdict(location.startsWith(path) && !location.includes('e.test'), `${status} ${location}`)
      },
    ),
}

const atReauthentication: Attack = {
  name: 'return_to where the password is asked again',
  asvs: 'V3.7.2 V1.2.2',
  sent: '/reauthenticate with every third of them: its page, and the right password',
  expected: 'a path of this site',
  async run(target) {
    const ada = await target.register()
    const browser = target.browser().as(ada)
    // Each costs a hash, and they are read as at the log-in.
    const third = elsewhere.filter((_, index) => index % 3 === 0)
    return eachOf(third, async (return_to) => {
      const page = await browser.open(`/reauthenticate?${new URLSearchParams({ return_to })}`)
      const { headers, status } = await browser.post('/reauthenticate', { current_password: ada.password, return_to })
      const away = wayOut(page.body, target)
      const isSafe = status === 303 && !away && !leadsAway(headers.location ?? '//', target)
      return verdict(isSafe, away ?? `${status} ${headers.location}`)
    })
  },
}

const guarded: Attack = {
  name: 'return_to made by a guarded page',
  asvs: 'V3.7.2',
  sent: 'GET //e.test/..//account, /account//e.test, /account?return_to=//e.test and the like as a visitor',
  expected: 'the return_to of the login page is a path of this site',
  run: (target) =>
    eachOf(
      [
        '//e.test/../account',
        '/account//e.test',
        '/account?return_to=//e.test',
        '/%5ce.test/../account',
        '/account?%0d%0aX-Injected:1',
        '/account/password?to=//e.test',
      ],
      async (path) => {
        const { status, headers } = await target.get(path)
        if (status !== 303) return verdict(status === 404 || status === 400, String(status))
        const location = headers.location ?? ''
        const isSafe =
          !leadsAway(location, target) && !leadsAway(returned(location), target) && headers['x-injected'] === undefined
        return verdict(location !== '' && isSafe, '303 to a path of this site')
      },
    ),
}

export const redirects: Attack[] = [
  ...atLogin,
  long,
  onPages,
  atRegistration,
  afterMistake,
  atReauthentication,
  guarded,
]
