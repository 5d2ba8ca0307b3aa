// The token in a link is taken whole, from its place in the path, and for its own purpose only.
import { type Attack, eachOf, verdict } from '../attack.ts'
import {
  allLinks,
  isVerified,
  moving,
  newOwner,
  opens,
  press,
  resetting,
  returning,
  sendForm,
  undoing,
} from '../links.ts'
import { linkTo } from '../mailbox.ts'
import { passphrase } from '../people.ts'

const otherPurposes: Attack = {
  name: 'link: for another purpose',
  asvs: 'V6.4.1 V9.2.2',
  sent: 'the token of each kind of link, at the pages of all others, in its owner’s browser',
  expected: '410, nothing changed',
  needsEmails: true,
  async run(target) {
    const [ada, gone, moved] = [await newOwner(target), await newOwner(target), await newOwner(target)]
    const paths = [
      await linkTo(ada.site, ada.email, '/verify-email'),
      await resetting.ask(ada),
      await moving.ask(ada),
      await returning.ask(gone),
      await undoing.ask(moved),
    ]
    const pairs = paths.flatMap((path) => allLinks.map((link) => ({ path, link })))
    return eachOf(
      pairs.filter(({ path, link }) => !path.startsWith(`${link.page}/`)),
      async ({ path, link }) => {
        const { status } = await press(ada.browser, link, `${link.page}/${tokenIn(path)}`, link.fields(ada))
        const who = await ada.site.whoIs(ada.browser.cookie)
        return verdict(status === 410 && who === ada.email && !(await isVerified(ada)), `${status} at ${link.page}`)
      },
    )
  },
}

function tokenIn(path: string): string {
  return path.split('/').at(-1) ?? ''
}

const otherCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))

/** The last character of 43 holds bits that say nothing: another there may decode to the same bytes. */
const lastBits = (token: string) => token.slice(0, -1) + String.fromCharCode(token.charCodeAt(42) + 1)

const twists: [string, (token: string) => string][] = [
  ['a changed byte', (token) => (token.startsWith('A') ? 'B' : 'A') + token.slice(1)],
  ['other bits at its end', lastBits],
  ['the other case', otherCase],
  ['cut', (token) => token.slice(0, 20)],
  ['one more', (token) => `${token}A`],
  // A "=" behind it is no twist: emails glue one on, and it is taken off.
  ['padded in front', (token) => `=${token}`],
  ['a space behind', (token) => `${token}%20`],
  ['NUL behind', (token) => `${token}%00`],
  ['a line break behind', (token) => `${token}%0d%0a`],
  ['another behind', (token) => `${token}%2f${token}`],
  ['10 kB', (token) => token + 'A'.repeat(10_000)],
  ['a wildcard', () => '%25'],
  ['a star', () => '*'],
  ['SQL', (token) => `${token}'%20OR%20'1'='1`],
  ['null', () => 'null'],
]

const changed: Attack = {
  name: 'link: with a changed token',
  asvs: 'V6.4.1 V11.2.4 V1.2.4',
  sent: twists.map(([name]) => name).join(', '),
  expected: '410, nothing set',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const token = tokenIn(await resetting.ask(ada))
    return eachOf(twists, async ([, twist]) => {
      const { status } = await press(
        ada.site.browser(),
        resetting,
        `/reset-password/${twist(token)}`,
        resetting.fields(ada),
      )
      // One log-in for each would have to wait before long: the account's own session would have ended, too.
      const isIn = (await ada.site.whoIs(ada.browser.cookie)) === ada.email
      return verdict(status === 410 && isIn, String(status))
    })
  },
}

const elsewhere: Attack = {
  name: 'link: its token in another place',
  asvs: 'V14.2.1 V15.3.7 V6.4.1',
  sent: 'in the query, in the body, as a list, in a header, in a cookie, behind a wrong one',
  expected: '410, or 403 beside a cookie that the form does not belong to; nothing set',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const token = tokenIn(await resetting.ask(ada))
    const wrong = `/reset-password/${'A'.repeat(43)}`
    const tries: { open?: string; path?: string; more?: Record<string, string>; headers?: Record<string, string> }[] = [
      { open: `/reset-password?token=${token}`, path: `/reset-password?token=${token}` },
      { more: { token } },
      { more: { 'token[]': token } },
      { more: { 'link[path]': '/reset-password', 'link[token]': token } },
      { headers: { 'x-token': token, authorization: `Bearer ${token}` } },
      ...['', `-${target.base.port}`].map((port) => ({
        headers: { cookie: `gatelodge-visitor${port}=${token}; link=${token}` },
      })),
      { open: `${wrong}?token=${token}` },
      { open: `${wrong}/${token}` },
      { open: `/reset-password?${new URLSearchParams({ 'token[]': token })}` },
    ]
    return eachOf(tries, async ({ open, path = '/reset-password', more, headers }) => {
      const browser = ada.site.browser()
      if (open) await browser.open(open)
      const { status } = await browser.post(path, { ...resetting.fields(ada), ...more }, headers)
      const isIn = (await ada.site.whoIs(ada.browser.cookie)) === ada.email
      return verdict([410, headers?.cookie ? 403 : 410].includes(status) && isIn, String(status))
    })
  },
}

const elsewhereAtTheApi: Attack = {
  name: 'link: its token in another place, at the API',
  asvs: 'V14.2.1 V15.3.7 V6.4.1',
  sent: 'in the query, as a list, one level down, in a header, in a cookie',
  expected: '422, nothing set',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const token = tokenIn(await resetting.ask(ada))
    const tries: { query?: string; more?: object; headers?: Record<string, string> }[] = [
      { query: `?token=${token}` },
      { more: { token: [token] } },
      { more: { link: { path: '/reset-password', token } } },
      { headers: { 'x-token': token } },
      ...['', `-${target.base.port}`].map((port) => ({
        headers: { cookie: `gatelodge-visitor${port}=${token}; link=${token}` },
      })),
    ]
    return eachOf(tries, async ({ query = '', more, headers }) => {
      const sent = { ...resetting.fields(ada), ...more }
      const { status } = await ada.site.json(`/api/v1/reset-password${query}`, sent, headers)
      const isIn = (await ada.site.whoIs(ada.browser.cookie)) === ada.email
      return verdict(status === 422 && isIn, String(status))
    })
  },
}

const stillGood: Attack = {
  name: 'link: worn out by wrong ones',
  asvs: 'V6.1.1 V6.4.1',
  sent: 'ten made-up tokens and a password that is refused; then the right link',
  expected: 'it works for its owner',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const path = await resetting.ask(ada)
    for (let turn = 0; turn < 10; turn += 1) {
      const madeUp = `/reset-password/${passphrase().replaceAll(' ', '').padEnd(43, 'A')}`
      await press(ada.site.browser(), resetting, madeUp, resetting.fields(ada))
    }
    const weak = await press(ada.browser, resetting, path, { new_password: 'password' })
    await sendForm(ada.browser, resetting.button, resetting.fields(ada))
    return verdict(
      weak.status === 422 && (await opens(ada, ada.fresh)),
      `${weak.status}, then it ${(await opens(ada, ada.fresh)) ? 'works' : 'is dead'}`,
    )
  },
}

export const linkTokens: Attack[] = [otherPurposes, changed, elsewhere, elsewhereAtTheApi, stillGood]
