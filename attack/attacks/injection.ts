// What people type is data: in SQL, in HTML, in templates.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

const markup = [
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '</title><script>alert(1)</script>',
]
const raw = /<script>alert|<svg onload|<img src=x/

const inLogin: Attack = {
  name: 'SQL in a log-in',
  asvs: 'V1.2.4',
  sent: "' OR 1=1-- , \\' OR sleep(20)#, ' UNION SELECT 1,2,3-- as address and password",
  expected: '401 within 10 s',
  run: (target) =>
    eachOf(["' OR 1=1-- ", "\\' OR sleep(20)#", "' UNION SELECT 1,2,3-- "], async (text) => {
      const started = performance.now()
      const answer = await target.json('/api/v1/login', { email: text, password: text })
      const isQuick = performance.now() - started < 10_000
      return verdict(answer.status === 401 && !sessionOf(answer) && isQuick, String(answer.status))
    }),
}

const inRegistration: Attack = {
  name: 'SQL in a name',
  asvs: 'V1.2.4',
  sent: `x'); DROP TABLE gatelodge_accounts;-- "\\' as a name`,
  expected: 'kept as it is',
  async run(target) {
    const name = `x'); DROP TABLE gatelodge_accounts;-- "\\'`
    const { cookie } = await target.register({ name })
    const { status, body } = await target.get('/api/v1/session', { cookie })
    const kept = status === 200 ? (JSON.parse(body) as { account: { name: string } }).account.name : ''
    return verdict(kept === name, kept === name ? 'kept as it is' : `${status} ${kept}`)
  },
}

const inCookie: Attack = {
  name: 'SQL in a cookie and in a path',
  asvs: 'V1.2.4',
  sent: "' OR '1'='1 as a session token and in paths",
  expected: 'a visitor, 404',
  async run(target) {
    const name = (await target.account('ada')).cookie.split('=')[0]
    const who = await target.whoIs(`${name}=' OR '1'='1`)
    const path = await target.get("/account/'%20OR%20'1'='1")
    return verdict(who === undefined && path.status === 404, who ?? `a visitor, ${path.status}`)
  },
}

const storedMarkup: Attack = {
  name: 'HTML in a name, on the account page',
  asvs: 'V1.2.1 V3.2.2 V1.1.2',
  sent: `all of ${markup.join(' ').slice(0, 40)}… as a name`,
  expected: 'shown as text',
  async run(target) {
    const name = '<script>alert(1)</script>"><svg onload=alert(1)>\'><img src=x>'
    const { cookie } = await target.register({ name })
    const browser = target.browser().as({ cookie })
    return eachOf(['/account', '/account/password', '/logout'], async (path) => {
      const { status, body } = await browser.open(path)
      const isShown = path !== '/account' || body.includes('&lt;script&gt;')
      return verdict(
        status === 200 && !raw.test(body) && isShown,
        raw.test(body) || isShown ? String(status) : 'not shown',
      )
    })
  },
}

const reflectedMarkup: Attack = {
  name: 'HTML in what a form shows again',
  asvs: 'V1.2.1 V3.2.2',
  sent: 'a mistake with HTML in name, email and return_to, as a form and as a form that is sent from elsewhere',
  expected: 'shown as text',
  run: (target) =>
    eachOf(
      ['/login', '/register'].flatMap((path) => markup.map((text) => [path, text] as const)),
      async ([path, text]) => {
        const browser = target.browser()
        const fields = { name: text, email: path === '/login' ? '' : text, password: '', return_to: `/${text}` }
        const { status, headers } = await browser.submit(path, fields)
        const again = await browser.open(pathOf(new URL(headers.location ?? path, target.base)))
        const elsewhere = await browser.post(path, { ...fields, email: text }, { origin: 'https://e.test' })
        const isRaw = raw.test(again.body) || raw.test(elsewhere.body)
        return verdict(!isRaw && again.status === 200, `${status}, then ${again.status} and ${elsewhere.status}`)
      },
    ),
}

/** Written as a browser would ask for it. */
const pathOf = ({ pathname, search }: URL) => pathname + search

const inPath: Attack = {
  name: 'HTML in a path and a query',
  asvs: 'V1.2.1 V3.2.2',
  sent: '/<svg onload=alert(1)>, /login?return_to="><svg onload=alert(1)>, ?x=<script>',
  expected: 'shown as text or not at all',
  run: (target) =>
    eachOf(
      markup.flatMap((text) => [
        `/${encodeURIComponent(text)}`,
        `/login?return_to=/${encodeURIComponent(text)}`,
        `/register?return_to=/${encodeURIComponent(text)}&email=${encodeURIComponent(text)}&name=${encodeURIComponent(text)}`,
      ]),
      async (path) => {
        const { status, body } = await target.get(path)
        return verdict(!raw.test(body), String(status))
      },
    ),
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are what someone might type
const templates = '${7*7} {{7*7}} <%=7*7%> #{7*7} %s%d [x](javascript:1)'
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are what someone might type

const inTemplate: Attack = {
  name: 'template strings in a name',
  asvs: 'V1.3.7 V1.3.5 V1.3.10',
  sent: templates,
  expected: 'literal on the page and in JSON',
  async run(target) {
    const { cookie } = await target.register({ name: templates })
    const page = await target.get('/account', { cookie })
    const json = await target.get('/api/v1/session', { cookie })
    const isLiteral = page.body.includes(templates.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    return verdict(
      isLiteral && json.body.includes(JSON.stringify(templates)),
      isLiteral ? 'literal' : `${page.status}, changed`,
    )
  },
}

const inHeaders: Attack = {
  name: 'HTML and escapes in the headers that pages read',
  asvs: 'V1.2.1 V16.4.1',
  sent: 'User-Agent, Accept-Language, Referer, Accept with <script>, ESC and %s',
  expected: 'a page without them',
  async run(target: Target) {
    const text = '<script>alert(1)</script> %s%d {"level":60}'
    const headers = { 'user-agent': text, 'accept-language': text, referer: text, accept: `text/html, ${text}` }
    const { status, body } = await target.get('/login', headers)
    return verdict(status === 200 && !raw.test(body), String(status))
  },
}

const inDevice: Attack = {
  name: 'HTML in the device that the account page tells of',
  asvs: 'V1.2.1 V3.2.2 V4.1.3',
  sent: 'a log-in with <script> and <svg onload> as User-Agent and X-Forwarded-For, then GET /account',
  expected: 'shown as text or not at all',
  async run(target) {
    const { email, password } = await target.account('ada')
    return eachOf(markup, async (text) => {
      const device = { 'user-agent': `Mozilla/5.0 ${text} Firefox/150.0`, 'x-forwarded-for': text, 'sec-ch-ua': text }
      const cookie = sessionOf(await target.json('/api/v1/login', { email, password }, device)) ?? ''
      const { status, body } = await target.get('/account', { ...device, cookie })
      return verdict(status === 200 && !raw.test(body), String(status))
    })
  },
}

const emailHeader: Attack = {
  name: 'a second recipient in an address',
  asvs: 'V1.3.11 V1.3.3',
  sent: 'addresses with CR LF Bcc:, a comma, a semicolon, <>, a second @',
  expected: '422',
  run: (target) =>
    eachOf(
      [
        'a\r\nBcc: eve@example.org',
        'a@example.org,eve@example.org',
        'a@example.org;eve@example.org',
        '<a@example.org>',
        'a@eve.test@example.org',
        '"a b"@example.org',
        'a@[127.0.0.1]',
      ],
      async (email) => {
        const answer = await target.json('/api/v1/register', { ...someone(), email })
        return verdict(answer.status === 422 && !sessionOf(answer), String(answer.status))
      },
    ),
}

export const injection: Attack[] = [
  inLogin,
  inRegistration,
  inCookie,
  storedMarkup,
  reflectedMarkup,
  inPath,
  inTemplate,
  inHeaders,
  inDevice,
  emailHeader,
]
