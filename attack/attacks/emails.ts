// An email goes to one person, leads to this site only, and says nothing that a stranger has made up.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { newOwner, type Owner, press, sendForm, verifying } from '../links.ts'
import { allEmails, type Email, emailsTo, linksIn, listedTo } from '../mailbox.ts'
import { someone } from '../people.ts'

const lies: { name: string; headers?: Record<string, string>; isAbsolute?: true }[] = [
  { name: 'Host', headers: { host: 'e.test' } },
  { name: 'Host with a port that is a user', headers: { host: 'localhost:4444@e.test' } },
  {
    name: 'X-Forwarded-Host',
    headers: { 'x-forwarded-host': 'e.test', 'x-host': 'e.test', 'x-original-host': 'e.test' },
  },
  { name: 'Forwarded', headers: { forwarded: 'for=1.2.3.4;host=e.test;proto=https' } },
  {
    name: 'X-Forwarded-Proto',
    headers: { 'x-forwarded-proto': 'ftp', 'x-forwarded-port': '4444', 'x-forwarded-prefix': '/e.test' },
  },
  { name: 'the request line', isAbsolute: true },
]

const poisons: Attack[] = lies.map(({ name, headers = {}, isAbsolute }) => ({
  name: `email: ${name} names another host`,
  asvs: 'V4.1.3 V6.4.3',
  sent: 'a registration, a forgotten password, a new address and an account deletion with it',
  expected: 'every link in every email leads to where an honest one leads',
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const other = someone()
    const [honest] = await emailsTo(ada.site, ada.email)
    const ask = (path: string, fields: object) => {
      const at = isAbsolute ? `http://e.test${path}` : path
      return ada.site.json(at, fields, { cookie: ada.browser.cookie, ...headers })
    }
    await ada.site.json(isAbsolute ? 'http://e.test/api/v1/register' : '/api/v1/register', other, headers)
    await ada.site.json(
      isAbsolute ? 'http://e.test/api/v1/forgot-password' : '/api/v1/forgot-password',
      { email: ada.email },
      headers,
    )
    await ada.browser.open('/account/email')
    await ada.browser.post(
      isAbsolute ? 'http://e.test/account/email' : '/account/email',
      { new_email: ada.next },
      headers,
    )
    await ask('/api/v1/delete', { current_password: ada.password })
    const addresses = [ada.email, ada.next, other.email]
    const emails = (await Promise.all(addresses.map((email) => emailsTo(ada.site, email)))).flat()
    const origins = new Set(emails.flatMap(({ text }) => linksIn(text).map(({ origin }) => origin)))
    const isPoisoned = emails.some((message) => /e\.test|:4444|ftp:/.test(JSON.stringify(message)))
    const isOwn = linksIn(honest?.text ?? '').every(({ origin }) => origins.has(origin)) && origins.size === 1
    return verdict(isOwn && !isPoisoned, `${emails.length} emails lead to ${[...origins].join(' ')}`)
  },
}))

const names = [
  'Ada\r\nBcc: eve@e.test',
  'Ada\nX-Injected: yes',
  'Ada\r\n\r\nAnother body',
  'Ada\rCc: eve@e.test',
  'Ada\0Bcc: eve@e.test',
  'Ada\u2028Bcc: eve@e.test',
  'Ada, eve@e.test',
  'Ada <eve@e.test>; eve@e.test',
  '"Ada" <eve@e.test>, "',
  '=?utf-8?q?Ada=0d=0aBcc:_eve@e.test?=',
  'Ada\\" <eve@e.test>',
]

const ownHeaders =
  /^(from|to|subject|message-id|date|reply-to|auto-submitted|mime-version|content-type|content-transfer-encoding):/i

/** @returns what is wrong with the headers of an email to one person; empty where nothing is. */
function wrongIn({ headers }: Email, address: string): string {
  const lines = headers
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim()
    .split(/\r?\n/)
  const foreign = lines.find((line) => !ownHeaders.test(line))
  if (foreign !== undefined) return `a line of its own: ${foreign.slice(0, 40)}`
  const [to = '', ...more] = lines.filter((line) => /^to:/i.test(line))
  // What stands in quotes, or is encoded, is a name and no address.
  const bare = to.replace(/^to:/i, '').replace(/"(?:\\.|[^"\\])*"|=\?[^?]*\?[^?]*\?[^?]*\?=/g, '')
  if (more.length > 0 || ![address, `<${address}>`].includes(bare.trim())) return `other recipients: ${to.slice(0, 60)}`
  return lines.some((line) => /^content-type:/i.test(line)) ? '' : 'headers that end early'
}

/** Whose address is confirmed: only then do emails speak to them by name. */
async function confirmed(owner: Owner): Promise<Owner> {
  await press(owner.browser, verifying, await verifying.ask(owner))
  return owner
}

const inNames: Attack = {
  name: 'email: line breaks, commas and addresses in a name',
  asvs: 'V1.3.11 V1.2.1 V4.1.1',
  sent: 'CR, LF, NUL, a line separator, commas, <x@e.test>, quotes and encoded words as a name',
  expected: 'refused, or a name in an email with one recipient and no header more',
  needsEmails: true,
  async run(target) {
    const ada = await confirmed(await newOwner(target))
    return eachOf(names, async (name) => {
      const { status } = await sendForm(ada.browser, '/account/profile', { name })
      const emails = await emailsTo(ada.site, ada.email)
      const [wrong] = emails.map((message) => wrongIn(message, ada.email)).filter(Boolean)
      const isStray = (await allEmails(ada.site)).some(({ to }) => to.includes('e.test'))
      return verdict(!wrong && !isStray && status < 500, wrong ?? String(status))
    })
  },
}

const inAddresses: Attack = {
  name: 'email: a second recipient in an address',
  asvs: 'V1.3.11 V2.2.1',
  sent: 'two addresses in one, at /forgot-password and as a new address: comma, semicolon, line breaks, NUL, <>, a list',
  expected: '422 or 400, and no email to the second',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newOwner(target), someone().email]
    const twos = [
      ...[',', ';', ' ', '\r\nBcc: ', '\nCc: ', '\0', '%0d%0aBcc:', '\u2028', '\t', '|'].map(
        (between) => ada.email + between + eve,
      ),
      `${ada.email} <${eve}>`,
      `<${eve}>${ada.email}`,
      `${ada.email}(${eve})`,
    ]
    const shapes = [[ada.email, eve], { address: ada.email, bcc: eve }]
    for (const email of shapes) {
      const { status } = await ada.site.json('/api/v1/forgot-password', { email })
      if (status !== 422) return verdict(false, String(status))
    }
    return eachOf(twos, async (email) => {
      const asked = await ada.site.json('/api/v1/forgot-password', { email })
      const moved = await sendForm(ada.browser, '/account/email', { new_email: email })
      const isSent = (await allEmails(ada.site)).some(({ to }) => to.includes(eve))
      const isRefused = [asked, moved].every(({ status }) => [400, 422].includes(status))
      return verdict(isRefused && !isSent, `${asked.status} ${moved.status}${isSent ? ', and an email' : ''}`)
    })
  },
}

const lure = 'You won! Claim it at https://e.test'

const strangersWords: Attack = {
  name: 'email: a stranger’s words to someone else',
  asvs: 'V2.3.2 V6.4.3',
  sent: `"${lure}" as a name and a User-Agent, with an address that is not the stranger’s: all emails that this brings about`,
  expected: 'none of the emails says it',
  needsEmails: true,
  async run(target) {
    const eve = await newOwner(target, { name: lure })
    const headers = {
      'user-agent': `${lure} Mozilla/5.0 (${lure}) Firefox/${lure}`,
      referer: `${target.base.origin}/https://e.test`,
    }
    const own = () => ({ ...headers, cookie: eve.browser.cookie })
    await eve.site.json('/api/v1/forgot-password', { email: eve.email }, headers)
    await eve.site.json('/api/v1/login', eve, headers)
    await eve.browser.submit('/account/email', { new_email: eve.next }, headers)
    await eve.site.json('/api/v1/profile', { name: `${lure} now` }, own())
    const change = { current_password: eve.password, new_password: eve.fresh }
    await eve.browser.submit('/account/password', change, headers)
    await eve.site.json('/api/v1/delete', { current_password: eve.fresh }, own())
    const emails = [...(await emailsTo(eve.site, eve.email)), ...(await emailsTo(eve.site, eve.next))]
    const said = emails.find((message) => /You won|You_won|e\.test/.test(JSON.stringify(message)))
    return verdict(
      !said && emails.length > 4,
      said ? `"${said.subject}" says it` : `${emails.length} emails, none of them`,
    )
  },
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what it tries
const markup = '<img src=x onerror=alert(1)>{{7*191}}${7*191}<%= 7*191 %>#{7*191}'

const inHtml: Attack = {
  name: 'email: HTML and templates in a name',
  asvs: 'V1.2.1 V1.3.7',
  sent: markup,
  expected: 'shown as text, in the email and on the page that shows it',
  needsEmails: true,
  async run(target) {
    const ada = await confirmed(await newOwner(target, { name: markup }))
    await sendForm(ada.browser, '/account/password', { current_password: ada.password, new_password: ada.fresh })
    const [message] = await emailsTo(ada.site, ada.email)
    const [listed] = await listedTo(ada.site, ada.email)
    const page = await ada.site.get(listed?.path ?? '')
    const seen = `${message?.html} ${message?.text} ${page.body}`
    const isText = message?.html.includes('&lt;img') && !/<img src=x/.test(`${message.html} ${page.body}`)
    return verdict(!!isText && !seen.includes('1337'), isText ? 'shown as text' : 'as HTML')
  },
}

export const emails: Attack[] = [...poisons, inNames, inAddresses, strangersWords, inHtml]
