// What is compared after each step: who is logged in where, what stands in the tables, and which emails were written.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { TestApp } from '../../support/make-app.ts'
import { Visitor } from '../../support/visitor.ts'
import { browserNames, isLive, type Model, type Session, sessionIn } from './model.ts'
import type { Real } from './step.ts'

export async function checkEverything(m: Model, r: Real): Promise<void> {
  await Promise.all([checkBrowsers(m, r), checkOldCookies(m, r)])
  await checkRows(m, r)
  await checkEmails(m, r)
}

/** Told in full: nobody can look at a story that was made up and is gone. */
function same(what: string, found: unknown[], expected: unknown[]): void {
  const [told, wanted] = [found, expected].map((all) => all.map((one) => `\n    ${JSON.stringify(one)}`).join(''))
  if (told !== wanted) throw new Error(`${what}:${told}\n  and ought to be:${wanted}`)
}

const nobody = [401, undefined, undefined]
const belonging = (session: Session | undefined) =>
  session ? [200, session.account.email, session.account.name] : nobody

async function checkBrowsers(m: Model, r: Real): Promise<void> {
  const asked = browserNames.map(async (name) => [name, ...(await whoIsIn(r.visitors[name]))])
  const expected = browserNames.map((name) => [name, ...belonging(sessionIn(m, name))])
  same('who is logged in', await Promise.all(asked), expected)
  for (const name of browserNames) markSeen(m, m.browsers[name].session)
}

async function whoIsIn(visitor: Visitor): Promise<unknown[]> {
  const { status, body } = await visitor.json('GET', '/api/v1/session')
  const { email, name } = (body.account ?? {}) as { email?: string; name?: string }
  return [status, email, name]
}

function markSeen(m: Model, session: Session | undefined): void {
  if (session && isLive(m, session)) session.seenAt = m.now
}

/** Those that no browser holds any more: someone may have a copy. */
async function checkOldCookies(m: Model, r: Real): Promise<void> {
  const held = browserNames.map((name) => m.browsers[name].session)
  const loose = m.sessions.filter((session) => !held.includes(session))
  const dead = loose.filter((session) => !isLive(m, session))
  // The latest, and the older ones in turn.
  const tried = [...loose.filter((one) => isLive(m, one)), ...dead.slice(-2), ...dead.slice(m.steps % 8).slice(0, 1)]
  const asked = tried.map((session) => whoIsIn(holding(r.app, session.cookie)))
  const expected = tried.map((session) => belonging(isLive(m, session) ? session : undefined))
  same('whom old cookies let in', await Promise.all(asked), expected)
  for (const session of tried) markSeen(m, session)
}

export function holding({ fetch, services }: TestApp, cookie: string): Visitor {
  const visitor = new Visitor(fetch, services.settings.baseUrl)
  visitor.cookies.set('gatelodge', cookie)
  return visitor
}

/** The accounts are those of the model, each with its password; and nothing is left of anyone else. */
async function checkRows(m: Model, { app }: Real): Promise<void> {
  const { db } = app.services.database
  const accounts = await db
    .selectFrom('gatelodge_accounts')
    .select(['id', 'email', 'name', 'verified_at', 'pending_email', 'deletes_at', 'password_version'])
    .select(['factor_version', 'has_app'])
    .execute()
  const factors = await factorsIn(app)
  const found = accounts.map(({ id, email, name, verified_at, pending_email, deletes_at, ...row }) => {
    const closesAt = deletes_at === null ? null : Number(deletes_at)
    const { password_version: version, factor_version: factorVersion, has_app } = row
    const own = { ...factors(id), hasApp: has_app === 1 }
    return {
      email,
      name,
      isVerified: verified_at !== null,
      pending: pending_email,
      closesAt,
      version,
      factorVersion,
      own,
    }
  })
  const expected = m.accounts.map(({ email, name, isVerified, pending = null, closesAt = null, ...account }) => {
    const { version, factorVersion, app: own, passkeys } = account
    const codes = own?.codes.filter(({ isUsed }) => !isUsed).length ?? 0
    const all = { apps: own ? 1 : 0, codes, passkeys: passkeys.length, hasApp: own !== undefined }
    return { email, name, isVerified, pending, closesAt, version, factorVersion, own: all }
  })
  same('the accounts', byEmail(found), byEmail(expected))
  await checkRest(m, app)
}

/** How many of each an account has. */
async function factorsIn({ services }: TestApp) {
  const { db } = services.database
  const apps = await db.selectFrom('gatelodge_totp').select('account_id').execute()
  const codes = db.selectFrom('gatelodge_recovery_codes').select('account_id').where('used_at', 'is', null)
  const passkeys = await db.selectFrom('gatelodge_passkeys').select('account_id').execute()
  const all = { apps, codes: await codes.execute(), passkeys }
  return (id: Buffer) => {
    const count = (rows: { account_id: Buffer }[]) => rows.filter(({ account_id }) => account_id.equals(id)).length
    return { apps: count(all.apps), codes: count(all.codes), passkeys: count(all.passkeys) }
  }
}

const byEmail = <T extends { email: string }>(rows: T[]) =>
  rows.sort((one, other) => (one.email < other.email ? -1 : 1))

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

async function checkRest(m: Model, { services }: TestApp): Promise<void> {
  const { rows } = await sql<{ kind: string; id: Buffer; sealed: string | null }>`
    select 'open session' as kind, token_hash as id, null as sealed from gatelodge_sessions where ended_at is null
    union all select 'session', token_hash, null from gatelodge_sessions where account_id not in (select id from gatelodge_accounts)
    union all select 'password', account_id, null from gatelodge_passwords where account_id not in (select id from gatelodge_accounts)
    union all select 'token', token_hash, null from gatelodge_tokens where account_id not in (select id from gatelodge_accounts)
    union all select 'log-in under way', token_hash, null from gatelodge_logins_under_way where account_id not in (select id from gatelodge_accounts)
    union all select 'app', account_id, null from gatelodge_totp where account_id not in (select id from gatelodge_accounts)
    union all select 'recovery code', account_id, null from gatelodge_recovery_codes where account_id not in (select id from gatelodge_accounts)
    union all select 'trusted device', account_id, null from gatelodge_trusted_devices where account_id not in (select id from gatelodge_accounts)
    union all select 'passkey', account_id, null from gatelodge_passkeys where account_id not in (select id from gatelodge_accounts)
    union all select 'email', id, sealed from gatelodge_emails where account_id is not null and account_id not in (select id from gatelodge_accounts)
  `.execute(services.database.db)
  const known = new Set(m.sessions.filter(({ isOver }) => !isOver).map(({ cookie }) => digest(cookie)))
  const inEmails = new Set(m.links.map(({ token }) => digest(token)))
  const left = rows.filter(({ kind, id, sealed }) => {
    if (kind === 'open session') return !known.has(Buffer.from(id).toString('hex'))
    // Of what nobody asked for, a row without words, or without an email to it, is all there is.
    if (kind === 'email') return services.emails.open(sealed ?? '') !== undefined
    return kind !== 'token' || inEmails.has(Buffer.from(id).toString('hex'))
  })
  const words = left.map(({ kind }) => kind)
  same('rows that belong to nobody', words, [])
}

/** As many emails as promised, each to whom it is for; what a link holds is kept for later. */
async function checkEmails(m: Model, r: Real): Promise<void> {
  const { database, emails } = r.app.services
  const query = database.db.selectFrom('gatelodge_emails').select(['id', 'kind', 'sealed'])
  const rows = await query.where('id', '>', r.lastEmail).orderBy('id').execute()
  r.lastEmail = rows.at(-1)?.id ?? r.lastEmail
  const written = rows.flatMap(({ kind, sealed }) => {
    const content = emails.open(sealed)
    return content ? [{ kind, to: content.to.address, token: content.link?.token }] : []
  })
  const words = (all: { kind: string; to: string }[]) => all.map(({ kind, to }) => `${kind} to ${to}`).sort()
  same('the emails', words(written), words(m.emails))
  for (const { kind, to, link } of m.emails) {
    const token = written.find((one) => one.kind === kind && one.to === to)?.token
    same(`a link in the email ${kind}`, [token !== undefined], [link !== undefined])
    if (link) link.token = token ?? ''
  }
}
