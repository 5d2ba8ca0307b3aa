// The pages behind the account: closed to visitors, to other accounts, and to anyone who does not know the password.
import { createHash } from 'node:crypto'
import { type Attack, eachOf, verdict } from '../attack.ts'
import { readMailbox } from '../mailbox.ts'
import { passphrase, someone } from '../people.ts'
import { sessionOf, type Target } from '../target.ts'

/** Each page, with what its form sends. */
const doors: Record<string, Record<string, string>> = {
  '/account/profile': { name: 'Someone Else' },
  '/account/email': { new_email: 'someone-else@example.org' },
  '/account/devices': { others: 'yes' },
  '/account/export': {},
  '/account/delete': { current_password: 'violet tram lamp' },
  '/reauthenticate': { current_password: 'violet tram lamp' },
  '/verify-email': {},
}

const asVisitor: Attack = {
  name: 'door: the account’s pages as a visitor',
  asvs: 'V8.2.1 V8.3.1 V7.4.1',
  sent: `GET and POST of ${Object.keys(doors).join(', ')}, as a page and as JSON, with a made-up session`,
  expected: '303 to the login page, 401, 403 or 405',
  async run(target) {
    const [name = ''] = (await target.account('ada')).cookie.split('=')
    const cookie = `${name}=${'A'.repeat(43)}`
    return eachOf(Object.entries(doors), async ([path, fields]) => {
      const page = await target.get(path, { cookie })
      const isAtLogin = page.status === 303 && !!page.headers.location?.startsWith('/login')
      const json = await target.get(path, { cookie, accept: 'application/json' })
      const posted = await target.json(path, fields, { cookie })
      const form = await target.browser().submit(path, fields)
      const isRefused = [json, posted, form].every(({ status, headers }) =>
        status === 303 ? headers.location?.startsWith('/login') : [401, 403, 405, 415].includes(status),
      )
      return verdict(isAtLogin && isRefused, [page, json, posted, form].map(({ status }) => status).join(' '))
    })
  },
}

/** Ada's sessions as her own list names them. */
async function devicesOf(target: Target, cookie: string): Promise<string[]> {
  const { body } = await target.get('/api/v1/devices', { cookie })
  return [...body.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id)
}

const othersDevice: Attack = {
  name: 'door: another account’s device, logged out',
  asvs: 'V8.2.2 V7.5.2',
  sent: 'the names of Ada’s sessions from Eve’s list of devices: as they are, in capitals, as a list, with fields about Ada beside',
  expected: '404 or 422, Ada is still logged in',
  async run(target) {
    const [ada, eve] = [await target.account('ada'), await target.account('eve')]
    const ids = await devicesOf(target, ada.cookie)
    if (ids.length === 0) throw new Error('Ada has no list of devices')
    const tries = ids.flatMap<object>((id) => [
      { id },
      { id: id.toUpperCase() },
      { id: [id] },
      { id, email: ada.email, account: ada.email },
    ])
    return eachOf(tries, async (fields) => {
      const { status } = await target.json('/api/v1/devices/end', fields, { cookie: eve.cookie })
      const isIn = (await target.whoIs(ada.cookie)) === ada.email
      return verdict([404, 422].includes(status) && isIn, `${status}, ${isIn ? 'still in' : 'logged out'}`)
    })
  },
}

const othersData: Attack = {
  name: 'door: another account, named in the request',
  asvs: 'V8.2.2 V15.3.3',
  sent: 'Ada’s address and id in the query, in the body and in headers of Eve’s export, devices, profile and account deletion',
  expected: 'Eve’s own, or a refusal; Ada’s account is as it was',
  async run(target) {
    const [ada, eve] = [await target.register({ name: 'Ada Unchanged' }), await target.account('eve')]
    const headers = { cookie: eve.cookie, accept: 'application/json' }
    const own = await target.get('/api/v1/session', { cookie: ada.cookie })
    const id = /"id":"?([\w-]+)/.exec(own.body)?.[1] ?? ''
    const named = { id, email: ada.email, account: id, account_id: id, user: ada.email, accountId: id }
    const query = new URLSearchParams(named)
    const seen = [
      await target.get(`/api/v1/export?${query}`, headers),
      await target.get(`/api/v1/devices?${query}`, headers),
      await target.get(`/api/v1/export/${id}`, headers),
      await target.get('/api/v1/export', { ...headers, 'x-user-id': id, 'x-account': id, 'x-email': ada.email }),
    ]
    await target.json('/api/v1/profile', { ...named, name: 'Eve Again' }, { cookie: eve.cookie })
    await target.json('/api/v1/delete', { ...named, current_password: ada.password }, { cookie: eve.cookie })
    const after = await target.get('/api/v1/session', { cookie: ada.cookie })
    const isTold = seen.some(({ body }) => body.includes(ada.email) || body.includes('Ada Unchanged'))
    const isSame = after.status === 200 && after.body === own.body
    return verdict(!isTold && isSame, `${isTold ? 'told' : 'not told'}, ${isSame ? 'unchanged' : 'changed'}`)
  },
}

const extraFields: Attack = {
  name: 'door: fields that nobody asked for',
  asvs: 'V15.3.3 V2.2.1',
  sent: 'a name with email, verified_at, emailVerifiedAt, email_verified_at, password and __proto__ beside it',
  expected: 'nothing changes but the name',
  async run(target) {
    const ada = await target.register()
    const when = '2020-01-01T00:00:00.000Z'
    const more = {
      email: someone().email,
      verified_at: 1,
      emailVerifiedAt: when,
      email_verified_at: when,
      isVerified: true,
      password: passphrase(),
    }
    await target.json('/api/v1/profile', { name: 'Ada Else', ...more }, { cookie: ada.cookie })
    const { body } = await target.get('/api/v1/export', { cookie: ada.cookie })
    const isSafe =
      body.includes(ada.email) &&
      !/"email_verified_at": ?"/.test(body) &&
      !!sessionOf(await target.json('/api/v1/login', ada))
    return verdict(isSafe, isSafe ? 'only the name' : 'more than the name')
  },
}

const secrets: Attack = {
  name: 'door: secrets in the export and in the list of devices',
  asvs: 'V14.2.6 V15.3.1 V7.2.1',
  sent: 'GET /account/export and /account/devices, and the same of the API',
  expected: 'no token, no hash of it, no hash of the password; nothing is kept',
  async run(target) {
    const { cookie } = await target.register()
    const token = cookie.slice(cookie.indexOf('=') + 1)
    const hash = createHash('sha256').update(token).digest()
    const secret = [token, hash.toString('hex'), hash.toString('base64'), hash.toString('base64url'), '$argon2']
    return eachOf(['export', 'devices'], async (name) => {
      const answers = [
        await target.get(`/account/${name}`, { cookie }),
        await target.get(`/api/v1/${name}`, { cookie }),
      ]
      const told = answers.some(({ body }) => secret.some((one) => body.includes(one)))
      const isKept = answers.some(({ headers, status }) => status !== 200 || headers['cache-control'] !== 'no-store')
      return verdict(!told && !isKept, told ? 'told' : isKept ? 'kept' : 'none')
    })
  },
}

const deletionUnasked: Attack = {
  name: 'door: account deletion without the password',
  asvs: 'V7.5.1 V2.3.1 V15.3.5',
  sent: 'without it, empty, wrong, as a list, null, true, and with confirmed=yes',
  expected: '422, the account is open',
  async run(target) {
    const { cookie, email, password } = await target.register()
    const tries: object[] = [
      {},
      { current_password: '' },
      { current_password: passphrase(), confirmed: 'yes' },
      { current_password: [password] },
      { current_password: null },
      { current_password: true },
      { confirmed: 'yes', confirm: true, password },
    ]
    return eachOf(tries, async (fields) => {
      const { status } = await target.json('/api/v1/delete', fields, { cookie })
      const isOpen = (await target.whoIs(cookie)) === email
      return verdict(status === 422 && isOpen, `${status}, ${isOpen ? 'open' : 'closed'}`)
    })
  },
}

const afterDeletion: Attack = {
  name: 'door: an account after its deletion',
  asvs: 'V7.4.2 V7.4.1 V14.3.1',
  sent: 'its sessions, here and elsewhere, and its password; then its address again, in capitals, and the old password once more',
  expected: 'visitors, 401, and anyone who gets the address is someone else',
  async run(target) {
    const ada = await target.register()
    const other = sessionOf(await target.json('/api/v1/login', ada)) ?? ''
    const { status } = await target.json('/api/v1/delete', { current_password: ada.password }, { cookie: ada.cookie })
    const whose = await Promise.all([ada.cookie, other].map((cookie) => target.whoIs(cookie)))
    const login = await target.json('/api/v1/login', ada)
    // Nobody had confirmed it, so it may be had again.
    const again = await target.json('/api/v1/register', { ...someone(), email: ada.email.toUpperCase() })
    const old = await target.json('/api/v1/login', ada)
    const statuses = [status, login.status, again.status, old.status]
    const isSafe = status === 204 && !whose.some(Boolean) && login.status === 401 && old.status === 401
    return verdict(isSafe && [201, 422].includes(again.status), statuses.join(' '))
  },
}

/** Its page, for the owner of the mailbox. */
async function newestEmail(target: Target): Promise<string> {
  const { body } = await readMailbox(target)
  return /href="(\/dev\/mailbox\/[^"/]+)"/.exec(body)?.[1] ?? '/dev/mailbox/none'
}

const mailboxKey: Attack = {
  name: 'door: the emails of development without their key',
  asvs: 'V13.4.2 V8.3.1',
  sent: 'GET /dev/mailbox, an email and its HTML, without a key, with a made-up one and with an empty one',
  expected: '403 or 404',
  async run(target) {
    const message = await newestEmail(target)
    return eachOf(['/dev/mailbox', message, `${message}/html`], (path) =>
      eachOf([null, '', 'A'.repeat(64)], async (key) => {
        const cookie = key === null ? {} : { cookie: `gatelodge-mailbox=${key}; __Host-gatelodge-mailbox=${key}` }
        const { status } = await target.get(key === null ? path : `${path}?key=${key}`, cookie)
        return verdict([403, 404].includes(status), String(status))
      }),
    )
  },
}

const mailbox: Attack = {
  name: 'door: the emails of development by another site’s name',
  asvs: 'V13.4.2 V13.4.5 V4.1.3',
  sent: 'GET /dev/mailbox, an email and its HTML with Host: e.test, with e.test and the port, and with e.test in the request line',
  expected: '404 or 400',
  async run(target) {
    const message = await newestEmail(target)
    const hosts = ['e.test', `e.test:${target.base.port || 80}`, `${target.base.hostname}.e.test`]
    return eachOf(['/dev/mailbox', message, `${message}/html`], (path) =>
      eachOf([...hosts, ''], async (host) => {
        const { status } = await (host ? target.get(path, { host }) : target.get(`http://e.test${path}`))
        return verdict([400, 404, 421].includes(status), String(status))
      }),
    )
  },
}

export const accountDoors: Attack[] = [
  asVisitor,
  othersDevice,
  othersData,
  extraFields,
  secrets,
  deletionUnasked,
  afterDeletion,
  mailbox,
  mailboxKey,
]
