// What another site could make someone's browser send. Everything in these requests is right but the one thing named.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { HeaderLines } from '../http.ts'
import { passphrase } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'
import { type Act, acts, isForVisitors } from './cross-site-acts.ts'

interface Shape {
  name: string
  headers?(target: Target): HeaderLines
  token?(target: Target): Promise<string>
}

const gone = undefined as unknown as string
const host = ({ base }: Target) => base.host
const headersOf = (headers: HeaderLines) => ({ headers: () => headers })

const shapes: Shape[] = [
  { name: 'a foreign Origin', ...headersOf({ origin: 'https://e.test' }) },
  { name: 'Origin: null', ...headersOf({ origin: 'null' }) },
  { name: 'an empty Origin', ...headersOf({ origin: '' }) },
  { name: 'an Origin that begins like ours', headers: ({ base }) => ({ origin: `${base.origin}.e.test` }) },
  { name: 'an Origin that ends like ours', headers: (target) => ({ origin: `https://e.test.${host(target)}` }) },
  { name: 'an Origin with ours as its user', headers: (target) => ({ origin: `http://${host(target)}@e.test` }) },
  { name: 'an Origin with another port', headers: ({ base }) => ({ origin: `${base.protocol}//${base.hostname}:1` }) },
  { name: 'two Origins', headers: ({ base }) => ({ origin: [base.origin, 'https://e.test'] }) },
  { name: 'no Origin and no Sec-Fetch-Site', ...headersOf({ origin: gone }) },
  {
    name: 'no Origin and a foreign Referer',
    headers: ({ base }) => ({ origin: gone, referer: `https://e.test/?${base.origin}/login` }),
  },
  { name: 'Sec-Fetch-Site: cross-site', ...headersOf({ origin: gone, 'sec-fetch-site': 'cross-site' }) },
  { name: 'Sec-Fetch-Site: same-site', ...headersOf({ origin: gone, 'sec-fetch-site': 'same-site' }) },
  { name: 'our Origin, but Sec-Fetch-Site: cross-site', ...headersOf({ 'sec-fetch-site': 'cross-site' }) },
  { name: 'no form token', token: async () => '' },
  { name: 'a made-up form token', token: async () => Buffer.alloc(64, 7).toString('base64url') },
  {
    name: 'another person’s form token',
    async token(target) {
      const other = target.browser().as(await target.account('eve'))
      await other.open('/account')
      return other.token
    },
  },
]

/** A form of visitors carries no token, so it needs none: what guards it is where it comes from. */
const shapesFor = (path: string) => shapes.filter(({ token }) => !token || !isForVisitors(path))

const atLogin: Attack[] = shapesFor('/login').map(({ name, headers }) => ({
  name: `cross-site log-in: ${name}`,
  asvs: 'V3.5.1',
  sent: 'a right log-in but for that',
  expected: '403, no session',
  async run(target) {
    const { email, password } = await target.account('ada')
    const browser = target.browser()
    await browser.open('/login')
    const answer = await browser.post('/login', { email, password }, headers?.(target))
    return verdict(answer.status === 403 && !sessionOf(answer), String(answer.status))
  },
}))

const atOthers: Attack[] = acts.flatMap((act) => [
  {
    name: `cross-site ${act.name}: a form, in every shape`,
    asvs: 'V3.5.1',
    sent: `a right form to ${act.path} with foreign, null and absent Origin, cross-site; where someone is logged in, without a token and with someone else’s`,
    expected: '403, nothing changed',
    run: (target) =>
      eachOf(shapesFor(act.path), async ({ headers, token }) => {
        const { browser, person } = await loggedIn(target, act)
        const form_token = token ? await token(target) : browser.token
        const answer = await browser.post(act.path, { form_token, ...act.fields(person) }, headers?.(target))
        const isDone = (await act.isDone(target, person)) || (act.path === '/register' && !!sessionOf(answer))
        return verdict(answer.status === 403 && !isDone, `${answer.status}${isDone ? ', and done' : ''}`)
      }),
  },
  {
    name: `cross-site ${act.name}: JSON`,
    asvs: 'V3.5.1 V3.5.2',
    sent: `JSON to ${act.path} with a foreign Origin, with null, cross-site; as text/plain and without a type`,
    expected: '403 or 415, nothing changed',
    run: (target) =>
      eachOf<HeaderLines>(
        [
          { origin: 'https://e.test' },
          { origin: 'null' },
          { 'sec-fetch-site': 'cross-site' },
          { 'content-type': 'text/plain', origin: 'null' },
        ],
        async (headers) => {
          const { browser, person } = await loggedIn(target, act)
          const answer = await target.json(act.path, act.fields(person), { cookie: browser.cookie, ...headers })
          const isDone = (await act.isDone(target, person)) || (act.path === '/register' && !!sessionOf(answer))
          return verdict([403, 415].includes(answer.status) && !isDone, `${answer.status}${isDone ? ', and done' : ''}`)
        },
      ),
  },
])

/** Someone with a session of their own, who looks at the form; for a registration a visitor. */
async function loggedIn(target: Target, { path }: Act) {
  const ada = await target.account('ada')
  const browser = target.browser()
  // The session of registering serves all shapes: none of them may end it.
  if (!isForVisitors(path)) browser.as(ada)
  await browser.open(path)
  return { browser, person: { ...ada, fresh: passphrase() } }
}

const otherSession: Attack = {
  name: 'cross-site: the form token of another session',
  asvs: 'V3.5.1 V8.2.2',
  sent: 'Ada’s log-out with the token of Eve’s page',
  expected: '403, still logged in',
  async run(target) {
    const [ada, eve] = [await target.account('ada'), await target.account('eve')]
    const other = target.browser().as(eve)
    await other.open('/account')
    const answer = await target.browser().as(ada).post('/logout', { form_token: other.token })
    const who = await target.whoIs(ada.cookie)
    return verdict(
      answer.status === 403 && who === ada.email && other.token !== '',
      `${answer.status}, ${who === ada.email ? 'still in' : 'logged out'}`,
    )
  },
}

const tokenElsewhere: Attack = {
  name: 'cross-site: the form token in the query only',
  asvs: 'V3.5.1 V15.3.7',
  sent: 'POST /logout?form_token=… without it in the body',
  expected: '403, still logged in',
  async run(target) {
    const ada = await target.account('ada')
    const browser = target.browser().as(ada)
    await browser.open('/account')
    const answer = await browser.post(`/logout?form_token=${browser.token}`, '')
    const isIn = (await target.whoIs(ada.cookie)) === ada.email
    return verdict(answer.status === 403 && isIn && browser.token !== '', String(answer.status))
  },
}

const behindLinks: Attack = {
  name: 'cross-site: the buttons behind links in emails',
  asvs: 'V3.5.1',
  sent: 'a form and JSON with a foreign Origin, and a form without a token, to each',
  expected: '403; without a token 403, or 410 where there is no link either; JSON 415',
  async run(target) {
    const paths = [
      '/verify-email/confirm',
      '/register/start',
      '/reset-password',
      '/confirm-email',
      '/undo-email-change',
      '/restore-account',
    ]
    const { cookie } = await target.account('ada')
    return eachOf(paths, async (path) => {
      const foreign = { origin: 'https://e.test' }
      const fields = { new_password: passphrase() }
      const asked = [
        await target.browser().as({ cookie }).post(path, fields, foreign),
        await target.browser().as({ cookie }).post(path, fields),
        await target.json(path, fields, { cookie, ...foreign }),
      ]
      const statuses = asked.map(({ status }) => status).join(' ')
      return verdict(/^403 (?:403|410) 415$/.test(statuses), statuses)
    })
  },
}

export const crossSite: Attack[] = [...atLogin, ...atOthers, otherSession, tokenElsewhere, behindLinks]
