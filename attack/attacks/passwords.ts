// Every character of a password counts, and none is shown again.
import { randomBytes } from 'node:crypto'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

/** Characters that stand for one byte each, so that byte 73 is character 73; and 256 of them. */
const longPassword = randomBytes(128).toString('hex')
const withLong = (target: Target) => target.account('long', { password: longPassword })

function wrong(name: string, sent: string, twist: (password: string) => string): Attack {
  return {
    name,
    asvs: 'V6.2.8 V6.2.9',
    sent,
    expected: '401',
    async run(target) {
      const { email, password, device } = await withLong(target)
      const answer = await target.json('/api/v1/login', { email, password: twist(password) }, { cookie: device })
      return verdict(answer.status === 401 && !sessionOf(answer), String(answer.status))
    },
  }
}

const byte73 = wrong(
  'password: its first 72 bytes',
  '72 right bytes, then others',
  (password) => `${password.slice(0, 72)}${'x'.repeat(184)}`,
)
const cutAtNul = wrong(
  'password: the right one up to a NUL',
  'the whole password, then NUL and more',
  (password) => `${password}\0x`,
)
const outerSpace = wrong(
  'password: with a space behind it',
  'the right password and a space',
  (password) => `${password} `,
)

const whole: Attack = {
  name: 'password of 256 characters',
  asvs: 'V6.2.9',
  sent: 'a right log-in with 256 characters',
  expected: '200',
  async run(target) {
    const { email, password } = await withLong(target)
    const { status } = await target.json('/api/v1/login', { email, password })
    return verdict(status === 200, String(status))
  },
}

const refused: Attack = {
  name: 'password: too short, too long, half a character',
  asvs: 'V6.2.1 V1.3.3 V15.2.2',
  sent: 'registrations with 7 characters, 4,097 bytes, a lone surrogate',
  expected: '422 within 5 s',
  run: (target) =>
    eachOf(['x7#kQ!p', passphrase() + 'ж'.repeat(2_040), `${passphrase()}\ud83d`], async (password) => {
      const started = performance.now()
      const answer = await target.json('/api/v1/register', { ...someone(), password })
      const isQuick = performance.now() - started < 5_000
      return verdict(answer.status === 422 && !sessionOf(answer) && isQuick, String(answer.status))
    }),
}

const heavy: Attack = {
  name: 'password of 60,000 characters that are slow to normalise',
  asvs: 'V15.2.2 V1.3.12',
  sent: 'a log-in with combining marks in the worst order',
  expected: 'a refusal within 5 s',
  async run(target) {
    const started = performance.now()
    const { status } = await target.json('/api/v1/login', {
      email: 'a@example.org',
      password: '\u0344\u0316'.repeat(13_000),
    })
    const ms = Math.round(performance.now() - started)
    return verdict([401, 400, 422].includes(status) && ms < 5_000, `${status} in ${ms < 5_000 ? 'time' : `${ms} ms`}`)
  },
}

const shown: Attack = {
  name: 'password: shown again after a mistake',
  asvs: 'V14.2.1 V6.2.6',
  sent: 'forms with a password and a mistake elsewhere',
  expected: 'neither in the Location nor in a cookie nor on the page',
  run: (target) =>
    eachOf(['/login', '/register'], async (path) => {
      const password = 'canary-coal-mine-7'
      const browser = target.browser()
      const answer = await browser.submit(path, { name: 'Mallory', email: '', password })
      const page = await browser.open(path)
      const refused = await target.browser().post(path, { email: 'x', password })
      const all = JSON.stringify([answer, page, refused])
      return verdict(answer.status === 303 && !all.includes(password), `${answer.status}, then ${page.status}`)
    }),
}

const inUrl: Attack = {
  name: 'password: a form that would write it into the URL',
  asvs: 'V14.2.1 V6.2.6 V6.2.7',
  sent: 'GET /login, /register',
  expected: 'each form with a password is method="post", its field type="password"',
  run: (target) =>
    eachOf(['/login', '/register'], async (path) => {
      const { body } = await target.get(path)
      const forms = body.match(/<form[^>]*>.*?<\/form>/gs) ?? []
      const withPassword = forms.filter((form) => /name="password"/.test(form))
      const isSafe = withPassword.every(
        (form) => /^<form[^>]* method="post"/i.test(form) && /type="password"/.test(form),
      )
      return verdict(withPassword.length > 0 && isSafe, `${withPassword.length} form`)
    }),
}

const change: Attack = {
  name: 'password: changed without the current one',
  asvs: 'V6.2.3',
  sent: 'a new password with no current one, an empty one, a list, true',
  expected: '422, the old one still counts',
  async run(target) {
    const eve = await target.account('eve')
    return eachOf(
      [{}, { current_password: '' }, { current_password: [eve.password] }, { current_password: true }],
      async (current) => {
        const { status } = await target.json(
          '/api/v1/password',
          { ...current, new_password: passphrase() },
          { cookie: eve.cookie },
        )
        const who = await target.whoIs(eve.cookie)
        return verdict(status === 422 && who === eve.email, String(status))
      },
    )
  },
}

const visitorChange: Attack = {
  name: 'password: changed by a visitor',
  asvs: 'V8.2.1',
  sent: 'POST /account/password with the right current password, without a session',
  expected: '401',
  async run(target) {
    const { email, password } = await target.account('ada')
    const { status } = await target.json('/api/v1/password', {
      email,
      current_password: password,
      new_password: passphrase(),
    })
    return verdict(status === 401, String(status))
  },
}

export const passwords: Attack[] = [
  whole,
  byte73,
  cutAtNul,
  outerSpace,
  refused,
  heavy,
  shown,
  inUrl,
  change,
  visitorChange,
]
