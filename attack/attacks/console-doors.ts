// The console of the administrators, by people who are none: to them it is not there, whatever they send.
import { type Attack, eachOf, verdict } from '../attack.ts'
import type { Answer } from '../http.ts'
import type { Target } from '../target.ts'

const pages = [
  ...['/admin', '/admin/accounts', '/admin/accounts/selected?act=disable-account', '/admin/accounts/bulk-acts'],
  ...['/admin/groups', '/admin/groups/one?name=administrators', '/admin/activity', '/admin/emails', '/admin/imports'],
  ...['/admin/settings', '/admin/keys', '/admin/keys/new', '/admin/keys/made', '/admin/invitations'],
]
const files = ['/admin/accounts/download', '/admin/activity/download']

const isClosed = ({ status, headers }: Answer) =>
  status === 404 || status === 403 || (status === 303 && !!headers.location?.startsWith('/login'))

const readers: Attack = {
  name: 'console: its pages as a visitor and as a user',
  asvs: 'V8.2.1 V8.3.1 V8.4.2',
  sent: 'GET and HEAD of its pages, without a session and with one of an ordinary account',
  expected: '404, or 303 to the login page',
  async run(target) {
    const { cookie } = await target.account('eve')
    const asks = [...pages, ...files].flatMap((path) =>
      [{}, { cookie }].flatMap((headers) => ['GET', 'HEAD'].map((method) => ({ method, path, headers }))),
    )
    return eachOf(asks, async (ask) => {
      const answer = await target.ask(ask)
      return verdict(isClosed(answer), String(answer.status))
    })
  },
}

const takers: Attack = {
  name: 'console: the files of accounts and of the record',
  asvs: 'V8.2.1 V3.5.3 V14.2.4',
  sent: 'GET and POST of the downloads by an ordinary account, from this site and from another one',
  expected: '404, 403 or 303, and no file',
  async run(target) {
    const eve = await target.account('eve')
    const asks = files.flatMap((path) =>
      [`${path}?query=a`, `${path}/file`, path].flatMap((address) => [
        { address, headers: {} },
        { address, headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } },
      ]),
    )
    return eachOf(asks, async ({ address, headers }) => {
      const browser = target.browser().as(eve)
      await browser.open('/account/profile')
      const answers = [await browser.open(address, headers), await browser.post(address, {}, headers)]
      const isNone = answers.every(
        (one) => isClosed(one) && !/attachment/.test(String(one.headers['content-disposition'])),
      )
      return verdict(isNone, answers.map(({ status }) => status).join(' '))
    })
  },
}

async function idOf(target: Target, cookie: string): Promise<string> {
  const { body } = await target.get('/api/v1/session', { cookie })
  return /"id":"?([\w-]+)/.exec(body)?.[1] ?? 'none'
}

const actors: Attack = {
  name: 'console: acts on one’s own account, sent by a user',
  asvs: 'V8.2.1 V8.2.2 V8.3.1',
  sent: 'each form of the console, with the form token of an ordinary session',
  expected: '404, and the account is as it was',
  async run(target) {
    const eve = await target.account('eve')
    const own = `/admin/accounts/${await idOf(target, eve.cookie)}`
    const reason = 'asked by phone'
    const acts: [string, Record<string, string>][] = [
      [`${own}/add-administrator`, { reason }],
      [`${own}/join-group`, { group: 'administrators', reason }],
      [`${own}/verify-address`, { reason }],
      [`${own}/set-address`, { account_email: 'root@example.org', verified: 'yes', reason }],
      [`${own}/reset-two-factor`, { reason }],
      [`${own}/copy-reset-link`, { reason }],
      ['/admin/accounts/create-account', { account_name: 'Eve', account_email: 'eve2@example.org', verified: 'yes' }],
      ['/admin/groups/create-group', { group: 'eves', description: 'x' }],
      ['/admin/keys/new', { name: 'eve', scopes: 'accounts:write', life: '90d' }],
      ['/admin/invitations/new', { groups: 'administrators', uses: '100' }],
    ]
    return eachOf(acts, async ([path, fields]) => {
      const browser = target.browser().as(eve)
      await browser.open('/account/profile')
      const { status } = await browser.post(path, fields)
      const { body } = await target.get('/api/v1/export', { cookie: eve.cookie })
      const isSame = body.includes(eve.email) && !body.includes('administrators')
      return verdict(status === 404 && isSame, `${status}, ${isSame ? 'as before' : 'changed'}`)
    })
  },
}

export const consoleDoors = [readers, takers, actors]
