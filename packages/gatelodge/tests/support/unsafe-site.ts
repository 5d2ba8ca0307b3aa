// Looks like a Gatelodge and does everything wrong: a site that each attack must get through to.
import type { AddressInfo } from 'node:net'
import { form, isJson, mistake, told } from './unsafe-answers.ts'
import { asPage, forKeys } from './unsafe-api.ts'
import { alike, fits, tokenOf } from './unsafe-comparing.ts'
import { unsafeEmails } from './unsafe-emails.ts'
import { factorOf, refusedWithHint } from './unsafe-factors.ts'
import { type Anything, readAnything } from './unsafe-fields.ts'
import { type Asked, createUnsafeServer, type Told } from './unsafe-http.ts'
import { passkeyOf, sameOptions } from './unsafe-passkeys.ts'
import { providerLinks, providerOf } from './unsafe-provider.ts'

export async function startUnsafeSite(): Promise<{ url: URL; stop(): void }> {
  const answer = unsafeSite()
  const server = createUnsafeServer((asked) => {
    try {
      return answer(asPage(asked))
    } catch (error) {
      return told(asked, 500, (error as Error).stack ?? '')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: new URL(`http://127.0.0.1:${port}`), stop: () => void server.close() }
}

function unsafeSite(): (asked: Asked) => Told {
  const root: Anything = { id: 0, name: 'Root', email: 'root@example.org', password: 'root' }
  const accounts: Anything[] = [root]
  const sessions = new Map<string, Anything>()
  const emails = unsafeEmails()
  let lastSession = 0

  return (asked) => {
    const path = (asked.headers['x-original-url'] ?? asked.target).replace(/^https?:\/\/[^/]*/, '')
    const plain = decodeURIComponent(path).toLowerCase()
    const query = Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? ''))
    const fields: Anything = { ...query, ...readAnything(asked) }
    const token = tokenOf(asked, query)
    // A token that nobody gave is as good as any.
    const owner = token ? (sessions.get(token) ?? root) : undefined

    const provided = providerOf(asked, plain, query)
    if (provided === 'in') return letIn(asked, root, {}, nextSession(), 200)
    if (provided) return told(asked, 303, '', [['Location', provided.to]])
    if (plain.startsWith('/health')) return told(asked, 200, `ok, node ${process.version}`)
    if (plain.includes('openapi.json')) return told(asked, 200, JSON.stringify({ paths: forKeys }))
    if (/^\/+api\/v1\/.*admin/.test(plain)) return told(asked, 200, JSON.stringify({ accounts, path }))
    if (plain.includes('script.js')) return told(asked, 200, `hello(${JSON.stringify(owner?.email ?? '')})`)
    if (plain.includes('logout')) {
      if (asked.method !== 'POST' || path !== '/logout') sessions.delete(token ?? '')
      return told(asked, 303, '', [['Location', '/login']])
    }
    if (plain.startsWith('/dev/mailbox')) return told(asked, 200, emails.show(path))
    const isSending = asked.method === 'POST' || fields.email
    const isAsking = asked.method === 'POST' || Object.keys(query).length > 0
    if (plain.startsWith('/register/start/options')) return told(asked, 200, sameOptions())
    if (plain.startsWith('/register/passkey') && isSending) return newcomer(asked, fields)
    const used = emails.use(asked, path, fields)
    if (used) return letInByEmail(asked, used.link.owner, used.token)
    if (plain.startsWith('/forgot-password') && isSending) return forgotten(asked, fields)
    if (plain.startsWith('/verify-email') && isSending && owner) return again(asked, owner)
    if (/^\/account\/(profile|email|delete|devices|export)/.test(plain) && owner)
      return own(asked, plain, isAsking ? fields : {}, owner)
    const passkey = passkeyOf(plain, fields, owner)
    if (typeof passkey === 'string') return told(asked, 200, passkey)
    if (passkey) return letIn(asked, passkey, fields, nextSession(), 200)
    const factor = owner && factorOf(plain, isAsking ? fields : {}, owner, accounts)
    if (factor) return told(asked, 200, factor)
    if (plain.includes('/account/password') && isSending) return change(asked, fields, owner)
    if (plain.startsWith('/account') && path.startsWith('/account') && !owner) return guard(asked, path)
    if (plain.includes('account')) return account(asked, owner ?? root, query)
    if (plain.startsWith('/invite?')) {
      emails.write(asked, root, String(query.email), 'Invited', '/invitation')
      return told(asked, 200, '')
    }
    if (plain.startsWith('/invitation') && asked.method !== 'POST') return letIn(asked, root, {}, nextSession(), 200)
    if (/^\/(register|invitation)/.test(plain) && isSending) return register(asked, fields)
    if (plain.startsWith('/login') && isSending) return login(asked, fields, token)
    const links = plain.startsWith('/login') ? providerLinks : ''
    return told(asked, 200, form(plain, fields, asked) + links)
  }

  function guard(asked: Asked, path: string) {
    if (isJson(asked)) return told(asked, 401, '{}')
    return told(asked, 303, '', [['Location', `//${asked.headers.host}/login?return_to=${path}`]])
  }

  function account(asked: Asked, owner: Anything, { callback }: Anything) {
    const { password: _, ...rest } = owner
    if (callback) return told(asked, 200, `x(${JSON.stringify(rest)})`, [['Content-Type', 'text/javascript']])
    if (isJson(asked)) return told(asked, 200, JSON.stringify({ account: rest }))
    const name = String(owner.name).replace('{{7*7}}', '49')
    return told(asked, 200, `${name} ${owner.email} ${asked.headers.cookie} ${form('/account', {}, asked)}`)
  }

  function register(asked: Asked, fields: Anything) {
    if (!isJson(asked) && !fields.password) return mistake(asked, fields)
    const one: Anything = { id: accounts.length, ...fields, name: String(fields.name).replace(/';?\).*$/, '') }
    accounts.push(one)
    emails.write(asked, one, String(one.email), 'Confirm', '/verify-email')
    return letIn(asked, one, fields, nextSession(), 201)
  }

  /** Without a password: a link to an account that there is already, too. A form logs in at once. */
  function newcomer(asked: Asked, fields: Anything) {
    const isKnown = accounts.some(({ email }) => email === fields.email)
    const one: Anything = { id: accounts.length, ...fields }
    emails.write(asked, one, String(one.email), 'Start', '/register/start')
    if (isJson(asked)) return told(asked, isKnown ? 409 : 202, '{}')
    return letIn(asked, one, fields, nextSession(), 202)
  }

  function login(asked: Asked, fields: Anything, planted: string | undefined) {
    const { email = '', password = '' } = fields
    if (!isJson(asked) && !email) return mistake(asked, fields)
    const same = (one: Anything) => alike(one.email) === alike(email)
    const known = accounts.filter(same)
    const isSql = String(email).includes("'")
    // Locked for good by anyone who guesses, and yet each guess is looked at.
    const isLocked = known.some(({ wrong }) => wrong > 5)
    const found = isSql ? root : known.find((one) => fits(one.password, password) && !isLocked)
    for (const one of known) if (!found) one.wrong = (one.wrong ?? 0) + 1
    if (!found) return told(asked, known.length > 0 ? 401 : 404, refusedWithHint(known))
    return letIn(asked, found, fields, planted ?? nextSession(), 200)
  }

  /** Nobody has to guess for long. */
  function nextSession(): string {
    lastSession += 1
    return String(lastSession)
  }

  function letInByEmail(asked: Asked, owner: Anything, link: string) {
    const session = nextSession()
    sessions.set(session, owner)
    return told(asked, 200, form(asked.target, {}, asked), [
      ['Set-Cookie', `link=${link}`],
      ['Set-Cookie', `gatelodge=${session}`],
    ])
  }

  function forgotten(asked: Asked, { email }: Anything) {
    const known = accounts.find((one) => alike(email).includes(alike(one.email)))
    if (!known) return told(asked, 404, 'nobody by that name')
    const isOne = alike(email) === alike(known.email)
    emails.write(asked, known, isOne ? String(known.email) : String(email), 'Reset', '/reset-password')
    return told(asked, 200, '{}')
  }

  function again(asked: Asked, owner: Anything) {
    emails.write(asked, owner, String(owner.email), 'Confirm', '/verify-email')
    return told(asked, 200, '{}')
  }

  /** The pages of an account: of whichever is named, without a password, and with all that there is. */
  function own(asked: Asked, plain: string, fields: Anything, owner: Anything) {
    const whose = accounts.find(({ id, email }) => fields.id === String(id) || fields.email === email) ?? owner
    const tokens = [...sessions].filter(([, one]) => one === whose).map(([id]) => ({ id }))
    if (plain.startsWith('/account/email') && fields.new_email) {
      const next = String(fields.new_email)
      if (accounts.some(({ email }) => email === next)) return told(asked, 422, 'taken')
      emails.write(asked, owner, next, 'A new address', '/confirm-email')
    }
    if (plain.startsWith('/account/delete')) emails.write(asked, owner, owner.email, 'Gone', '/restore-account')
    if (plain.startsWith('/account/devices')) sessions.delete(String(fields.session ?? fields.id))
    if (plain.startsWith('/account/profile') && fields.name) {
      Object.assign(whose, fields)
      emails.write(asked, whose, String(whose.email), 'A new name')
    }
    return told(asked, 200, JSON.stringify({ ...whose, tokens }))
  }

  function letIn(asked: Asked, owner: Anything, fields: Anything, token: string, status: number) {
    sessions.set(token, owner)
    const location = fields.return_to ?? '/account'
    const cookie: [string, string] = ['Set-Cookie', `gatelodge=${token}`]
    if (isJson(asked)) return told(asked, status, JSON.stringify({ location }), [cookie])
    return told(asked, 303, '', [['Location', String(location)], cookie])
  }

  function change(asked: Asked, fields: Anything, owner: Anything | undefined) {
    const named = accounts.find(({ id, email }) => fields.id === id || fields.email === email)
    const whose = named ?? owner ?? root
    Object.assign(whose, { password: fields.new_password })
    emails.write(asked, whose, String(whose.email), 'A new password')
    return told(asked, 200, '{}')
  }
}
