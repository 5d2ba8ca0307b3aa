import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { join } from '../../../tests/support/groups.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { newId } from '../../identity/ids.ts'
import { passkeyRows } from '../../identity/passkeys/storage.ts'
import { digest, random } from '../../identity/sealing.ts'
import { deviceName } from '../../text/device-name.ts'
import { createText } from '../../text/text.ts'
import { days, hours } from '../../time.ts'

interface Exported {
  exported_at: string
  account: Record<string, unknown>
  second_factors: Record<string, unknown>[]
  passkeys: Record<string, unknown>[]
  connections: Record<string, unknown>[]
  devices: Record<string, unknown>[]
  trusted_devices: Record<string, unknown>[]
  activity: Record<string, unknown>[]
  logins_under_way: Record<string, unknown>[]
  emails: Record<string, unknown>[]
  links: Record<string, unknown>[]
}

/** Each column of each table that may hold something of a person: where it stands in the export, or why it does not. */
const columns: Record<string, Record<string, [list: keyof Exported, name: string] | string>> = {
  gatelodge_accounts: {
    id: ['account', 'id'],
    name: ['account', 'name'],
    email: ['account', 'email'],
    email_key: 'a hash of what is exported',
    created_at: ['account', 'registered_at'],
    disabled_at: 'empty for anyone who can ask',
    verified_at: ['account', 'email_verified_at'],
    pending_email: ['account', 'email_waiting_for_confirmation'],
    deletes_at: 'empty for anyone who can ask',
    recent: 'a copy of the last lines of the activity',
    password_version: 'technical: a count of the changes that the activity tells',
    password_changed_at: ['account', 'password_changed_at'],
    password_demanded_at: ['account', 'new_password_demanded_at'],
    factor_version: 'technical: a count, likewise',
    has_app: 'told by the second factors',
    asks_passkey_since: ['account', 'passkey_asked_after_password_since'],
    passkey_offer_answered_at: ['account', 'passkey_offer_answered_at'],
    member_of: ['account', 'groups'],
    fields: ['account', 'fields'],
    email_sorted: 'a copy of the address, as it is compared',
    name_sorted: 'a copy of the name in small letters',
  },
  gatelodge_passwords: {
    account_id: 'the account’s id once more',
    hash: 'secret',
    foreign_format: 'technical: how the hash is written',
  },
  gatelodge_sessions: {
    token_hash: 'secret',
    account_id: 'the account’s id once more',
    created_at: ['devices', 'logged_in_at'],
    last_seen_at: ['devices', 'last_used_at'],
    remembered: ['devices', 'kept_logged_in'],
    id: 'technical: names the row',
    device: ['devices', 'device'],
    client_address: ['devices', 'network_address'],
    methods: ['devices', 'proved_by'],
    reauthenticated_at: ['devices', 'password_typed_at'],
    ended_at: ['devices', 'logged_out_at'],
    ended_by: ['devices', 'logged_out_by'],
  },
  gatelodge_logins_under_way: {
    token_hash: 'secret',
    account_id: 'the account’s id once more',
    password_version: 'technical, as of the account',
    factor_version: 'technical, as of the account',
    methods: ['logins_under_way', 'proved_by'],
    remembered: 'technical: what the session is to be',
    is_bearer: 'technical: what the session is to be',
    return_to: 'technical: the page that follows',
    device: ['logins_under_way', 'device'],
    client_address: ['logins_under_way', 'network_address'],
    tries: 'technical: a count',
    started_at: ['logins_under_way', 'started_at'],
    expires_at: ['logins_under_way', 'works_until'],
    used_at: ['logins_under_way', 'finished_at'],
    used_by: 'technical: names the session',
  },
  gatelodge_totp: {
    account_id: 'the account’s id once more',
    secret: 'secret: anyone who has it has the app',
    last_step: 'technical: which code was taken last',
    created_at: ['second_factors', 'added_at'],
    last_used_at: ['second_factors', 'last_used_at'],
  },
  gatelodge_recovery_codes: {
    id: 'technical: names the row',
    account_id: 'the account’s id once more',
    hash: 'secret',
    created_at: 'told by the activity',
    used_at: 'told by the activity',
    used_by: 'technical: names a try',
  },
  gatelodge_passkeys: {
    id: 'technical: names the row',
    account_id: 'the account’s id once more',
    credential_key: 'a hash of the credential’s id',
    credential_id: 'secret: a device is asked by it, and says with it that it has the passkey',
    public_key: 'technical: it checks signatures, and tells nothing of a person',
    counter: ['passkeys', 'uses_counted'],
    transports: ['passkeys', 'reached_by'],
    backup_eligible: ['passkeys', 'can_be_synced'],
    backup_state: ['passkeys', 'is_synced'],
    user_verified: ['passkeys', 'checks_its_owner'],
    aaguid: ['passkeys', 'authenticator'],
    rp_id: ['passkeys', 'domain'],
    name: ['passkeys', 'name'],
    created_at: ['passkeys', 'added_at'],
    last_used_at: ['passkeys', 'last_used_at'],
  },
  gatelodge_connections: {
    id: 'technical: names the row',
    account_id: 'the account’s id once more',
    subject_key: 'a hash of issuer and subject',
    provider: ['connections', 'provider'],
    issuer: ['connections', 'issuer'],
    subject: ['connections', 'subject'],
    email: ['connections', 'email'],
    created_at: ['connections', 'added_at'],
    last_used_at: ['connections', 'last_used_at'],
  },
  gatelodge_used_challenges: {
    token_hash: 'nobody’s: a random number that was used up',
    expires_at: 'nobody’s',
    used_by: 'nobody’s',
  },
  gatelodge_trusted_devices: {
    token_hash: 'secret',
    id: 'technical: names the row',
    account_id: 'the account’s id once more',
    password_version: 'technical: whether the row is still worth something',
    factor_version: 'technical: whether the row is still worth something',
    device: ['trusted_devices', 'device'],
    client_address: ['trusted_devices', 'network_address'],
    created_at: ['trusted_devices', 'trusted_at'],
    expires_at: ['trusted_devices', 'trusted_until'],
  },
  gatelodge_groups: {
    name: 'of the site, and nobody’s',
    description: 'of the site, and nobody’s',
    created_at: 'of the site, and nobody’s',
    changes: 'of the site, and nobody’s',
    closed_at: 'of the site, and nobody’s',
  },
  gatelodge_group_members: {
    account_id: 'the account’s id once more',
    group_name: 'told by the groups of the account',
    added_at: 'told by the activity',
  },
  gatelodge_api_keys: Object.fromEntries(
    ['id', 'name', 'secret_hash', 'scopes', 'created_at', 'created_by', 'expires_at', 'revoked_at', 'last_used_at'].map(
      (column) => [column, 'of the site, and nobody’s'],
    ),
  ),
  gatelodge_bulk_acts: Object.fromEntries(
    [
      ...['id', 'act', 'group_name', 'actor', 'note', 'client_address', 'device', 'request_id'],
      ...['created_at', 'finished_at'],
    ].map((column) => [column, 'of the site: what an administrator ordered']),
  ),
  gatelodge_bulk_accounts: {
    bulk_id: 'of the site: what an administrator ordered',
    account_id: 'the account’s id once more',
    outcome: 'told by the activity',
  },
  gatelodge_imports: Object.fromEntries(
    [
      ...['id', 'source', 'system', 'started_at', 'seen_at', 'rows_read', 'share', 'imported', 'rejected'],
      ...['ended_at', 'is_whole'],
    ].map((column) => [column, 'of the site, and nobody’s']),
  ),
  gatelodge_attempts: {
    attempt_key: 'a keyed hash that leads to nobody',
    tries: 'nobody’s, without the key',
    waits_until: 'nobody’s, without the key',
    forgotten_at: 'nobody’s, without the key',
  },
  gatelodge_audit: {
    id: 'technical: names the row',
    at: ['activity', 'at'],
    event: ['activity', 'event'],
    account_id: 'the account’s id once more',
    address_hash: 'a keyed hash of an address that was typed',
    client_address: ['activity', 'network_address'],
    device: ['activity', 'device'],
    outcome: ['activity', 'outcome'],
    reason: ['activity', 'reason'],
    actor: ['activity', 'done_by'],
    note: ['activity', 'because'],
    methods: ['activity', 'methods'],
    request_id: 'technical: names the line of the log',
  },
  gatelodge_tokens: {
    token_hash: 'secret',
    purpose: ['links', 'purpose'],
    account_id: 'the account’s id once more',
    address_key: 'a hash of what is exported',
    created_at: ['links', 'made_at'],
    expires_at: ['links', 'works_until'],
    used_at: ['links', 'used_at'],
    used_by: 'technical: names a try',
  },
  gatelodge_emails: {
    id: 'technical: names the row',
    account_id: 'the account’s id once more',
    kind: ['emails', 'kind'],
    sealed: 'secret: links stand in it, and it is empty once the email has left',
    created_at: ['emails', 'written_at'],
    good_until: 'technical: when sending is given up',
    due_at: 'technical: when sending is tried again',
    tries: 'technical: how often it was',
    sent_at: ['emails', 'sent_at'],
    failed_at: ['emails', 'failed_at'],
    failure: ['emails', 'failure'],
  },
  gatelodge_registrations: {
    token_hash: 'secret',
    account_id: 'of an account that is not there yet',
    name: 'of an account that is not there yet',
    email: 'of an account that is not there yet',
    email_key: 'of an account that is not there yet',
    hash: 'secret',
    created_at: 'of an account that is not there yet',
    expires_at: 'of an account that is not there yet',
    fields: 'of an account that is not there yet',
    invitation_id: 'of an account that is not there yet',
  },
  // Who invited an account stands in its activity: `invitation.accepted`.
  gatelodge_invitations: {
    id: 'the site’s: its invitations',
    token_hash: 'secret',
    email: 'of an invitation that nobody has accepted yet; removed when someone does',
    email_key: 'a hash of it',
    group_names: 'the site’s: the groups that the account is in are exported',
    most_uses: 'the site’s',
    used: 'the site’s',
    created_at: 'the site’s',
    expires_at: 'the site’s',
    revoked_at: 'the site’s',
    actor: 'the site’s: which administrator it was',
  },
  gatelodge_migrations: { name: 'nobody’s', applied_at: 'nobody’s' },
  gatelodge_leases: { name: 'nobody’s', owner: 'nobody’s', expires_at: 'nobody’s' },
}

const exportOf = async (browser: Visitor) =>
  JSON.parse(await (await browser.send('GET', '/account/export')).text()) as Exported

/** Someone with a row in every table, and something in every column. */
async function withHistory(app: TestApp): Promise<{ browser: Visitor; ada: Fields; id: Buffer }> {
  const browser = app.visitor('198.51.100.7')
  const ada = await browser.register({ company: 'Analytical Engines' })
  const { db } = app.services.database
  const { id } = await db
    .selectFrom('gatelodge_accounts')
    .select('id')
    .where('email', '=', ada.email ?? '')
    .executeTakeFirstOrThrow()
  await join(app, ada, 'editors', 'board')
  const there = app.visitor('203.0.113.9')
  await there.logIn(ada, { remember: 'yes' })
  await there.open('/account')
  await app.visitor().logIn({ ...ada, password: 'quiet amber windmill' })
  await browser.open(await linkTo(app, ada.email ?? '', 'verify-email'))
  await browser.submit({})
  await browser.form('/account/email', { new_email: someone().email })
  const now = app.clock.now()
  const emails = db.updateTable('gatelodge_emails').where('account_id', '=', id)
  await emails.where('kind', '=', 'verify-email').set({ sent_at: now }).execute()
  await emails.where('kind', '=', 'confirm-email').set({ failed_at: now, failure: 'refused' }).execute()
  await addFactor(app, id)
  await logInUnderWay(app, id)
  // An act of an administrator.
  const [last] = await db.selectFrom('gatelodge_audit').select('id').where('account_id', '=', id).execute()
  const told = { actor: 'command', note: 'asked by phone' }
  if (last) await db.updateTable('gatelodge_audit').set(told).where('id', '=', last.id).execute()
  return { browser, ada, id }
}

const passkey = {
  ...{ credentialId: 'cred', publicKey: Buffer.from('key'), counter: 3, transports: ['internal'], isSyncable: true },
  ...{ isSynced: true, isVerifying: true, aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', rpId: 'localhost' },
  ...{ name: 'Phone', createdAt: 1 },
}

const connection = {
  ...{ provider: 'google', issuer: 'https://accounts.google.com', subject: '1234', email: 'ada@example.org' },
  ...{ createdAt: 1, lastUsedAt: 2 },
}

/** A passkey, a connection, and an app that was used, with a device that is trusted. */
async function addFactor({ services, clock }: TestApp, id: Buffer): Promise<void> {
  const { secondFactors, connections, database, accounts, passwords } = services
  const made = await secondFactors.makeCodes('')
  await database.transact(
    async (trx) => {
      await secondFactors.add(trx, id, { secret: random(20), step: 1 }, made)
      await trx.updateTable('gatelodge_totp').set({ last_used_at: clock.now() }).where('account_id', '=', id).execute()
      await passkeyRows.insert(trx, { ...passkey, id: newId(), accountId: id, lastUsedAt: clock.now() })
      await secondFactors.askForPasskey(trx, id)
      await connections.rows.insert(trx, { ...connection, id: newId(), accountId: id })
      await accounts.changeFactors(trx, id, { passkeyOfferAnsweredAt: clock.now() })
      await passwords.demandNew(trx, id, clock.now())
      const account = await accounts.findById(trx, id)
      if (!account) throw new Error('there is no such account')
      const source = { device: { browser: 'Firefox', system: 'Windows' }, clientAddress: '203.0.113.9' }
      await secondFactors.trusted.add(trx, secondFactors.trusted.prepare({ account, ...source }).row)
    },
    async () => undefined,
  )
}

/** One that became a session. */
async function logInUnderWay({ services, clock }: TestApp, id: Buffer): Promise<void> {
  const { accounts, loginsUnderWay, database } = services
  const account = await accounts.findById(database.db, id)
  if (!account) throw new Error('there is no such account')
  const source = { device: { browser: 'Firefox', system: 'Windows' }, clientAddress: '203.0.113.9' }
  const options = { remembered: false, as: 'cookie' as const }
  const methods = { pwd: clock.now() }
  const { login } = loginsUnderWay.prepare({ account, methods, options, source, lasts: hours(1) })
  await loginsUnderWay.begin(database.db, login)
  await loginsUnderWay.use(database.db, login, { id: newId() })
}

const company = { name: 'company', label: 'Company', type: 'text', required: false, maxLength: 100 } as const

onEachDatabase('The export', (database) => {
  const app = useApp(database, { emailsPerClient: 1_000, fields: [company] })

  it('says of every column of every table where it stands in it, or why it does not', async () => {
    const tables = await app().services.database.db.introspection.getTables()
    // What the database works out itself, SQLite does not list.
    const isOwn = (name: string) => name !== 'state' && name !== 'has_second_factor'
    const stored = tables
      .filter(({ name }) => name.startsWith('gatelodge_'))
      .map((table) => [
        table.name,
        table.columns
          .map(({ name }) => name)
          .filter(isOwn)
          .sort(),
      ])
    const listed = Object.entries(columns).map(([name, known]) => [name, Object.keys(known).sort()])
    expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(listed))
  })

  it('holds what is stored, each value of each row', async () => {
    const { browser, id } = await withHistory(app())
    const exported = await exportOf(browser)
    for (const [table, known] of Object.entries(columns)) {
      for (const [column, place] of Object.entries(known)) {
        if (typeof place === 'string') continue
        const [list, name] = place
        const told = [exported[list]].flat().map((one) => (one as Record<string, unknown>)[name])
        const values = await stored(table, column, id)
        expect(told.sort(), `${table}.${column}`).toEqual(values.sort())
        expect(
          told.some((value) => value !== null && value !== undefined),
          `${table}.${column} is tried`,
        ).toBe(true)
      }
    }
  })

  async function actorsOf(id: Buffer): Promise<(string | null)[]> {
    const query = app().services.database.db.selectFrom('gatelodge_audit').select('actor').where('account_id', '=', id)
    return (await query.orderBy('id').execute()).map(({ actor }) => actor)
  }

  /** As the export writes it. */
  async function stored(table: string, column: string, id: Buffer): Promise<unknown[]> {
    const owner = table === 'gatelodge_accounts' ? 'id' : 'account_id'
    const { db } = app().services.database
    const rows = (await db
      .selectFrom(table as 'gatelodge_sessions')
      .select(column as 'created_at')
      .where(owner as 'account_id', '=', id)
      .$if(table === 'gatelodge_audit', (query) => query.orderBy('id' as 'created_at'))
      .execute()) as unknown as Record<string, unknown>[]
    const by = table === 'gatelodge_audit' ? await actorsOf(id) : []
    // From where the site acts is not its owner's to know.
    const ofSite: Record<string, unknown> = { client_address: '', device: null }
    return rows.map((row, at) => (by[at] && column in ofSite ? ofSite[column] : asExported(column, row[column])))
  }

  function asExported(column: string, value: unknown): unknown {
    if (value === null) return null
    if (column === 'member_of') return String(value).split(',')
    if (column === 'fields') return JSON.parse(String(value))
    if (column === 'methods' && String(value).startsWith('{'))
      return Object.fromEntries(
        Object.entries(JSON.parse(String(value))).map(([name, at]) => [name, new Date(Number(at)).toISOString()]),
      )
    if (column === 'device') return deviceName(createText(), JSON.parse(String(value)))
    if (/^(?:remembered|backup_eligible|backup_state|user_verified)$/.test(column)) return value === 1
    if (column === 'id') return expect.stringMatching(/^[0-9a-f-]{36}$/)
    return /(?:^|_)(?:at|since)$/.test(column) ? new Date(Number(value)).toISOString() : value
  }

  it('comes as a download that nothing between us and its owner keeps', async () => {
    const browser = app().visitor()
    await browser.register()
    const answer = await browser.send('GET', '/account/export')
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="gatelodge-export.json"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    await browser.open('/account')
    expect(browser.page.html).toContain('href="/account/export"')
  })

  it('V14.2.6 holds no secret: no hash, no token, no key', async () => {
    const { browser, ada, id } = await withHistory(app())
    const { db } = app().services.database
    const text = await (await browser.send('GET', '/account/export')).text()
    const secrets: (string | Buffer)[] = [ada.password ?? '', browser.sessionCookie ?? '']
    for (const [table, known] of Object.entries(columns)) {
      const names = Object.keys(known).filter((name) => /hash|key|sealed/.test(name))
      const owner = table === 'gatelodge_accounts' ? 'id' : 'account_id'
      if (names.length === 0 || !(owner in known)) continue
      const rows = await db
        .selectFrom(table as 'gatelodge_tokens')
        .selectAll()
        .where(owner as 'account_id', '=', id)
        .execute()
      for (const row of rows as unknown as Record<string, string | Buffer | null>[])
        for (const name of names) if (row[name]) secrets.push(row[name])
    }
    expect(secrets.length).toBeGreaterThan(10)
    for (const secret of secrets) {
      const spelled =
        typeof secret === 'string'
          ? [secret]
          : (['hex', 'base64', 'base64url'] as const).map((form) => secret.toString(form))
      for (const one of spelled) expect(one.length < 8 || text.includes(one), one).toBe(false)
    }
  })

  it('V8.2.2 holds nothing of anyone else, and is for anyone who is logged in', async () => {
    const { ada } = await withHistory(app())
    const browser = app().visitor('192.0.2.44')
    await browser.register({ name: 'Grace Hopper' })
    const text = await (await browser.send('GET', '/account/export')).text()
    for (const word of [ada.email ?? '', ada.name ?? '', '198.51.100.7', '203.0.113.9'])
      expect(text).not.toContain(word)
    const stranger = await app().visitor().send('GET', '/account/export')
    expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/login?return_to=%2Faccount%2Fexport'])
  })

  it('spells every name as the API does: email_verified_at', async () => {
    const { browser } = await withHistory(app())
    const names = [...(await (await browser.send('GET', '/account/export')).text()).matchAll(/"(\w+)": ?/g)]
    expect(names.length).toBeGreaterThan(20)
    expect(names.map(([, name]) => name).filter((name) => /[A-Z]/.test(name ?? ''))).toEqual([])
  })

  it('lists devices that were logged out, for as long as their records are kept', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await app().visitor().logIn(ada)
    await browser.json('POST', '/api/v1/devices/end-others', {})
    expect((await exportOf(browser)).devices.map(({ logged_out_by }) => logged_out_by).sort()).toEqual([
      'elsewhere',
      null,
    ])
  })

  it('changes nothing, and says in the log that it was made', async () => {
    const browser = app().visitor()
    await browser.register()
    app().logged.length = 0
    const first = await exportOf(browser)
    app().clock.pass(hours(1))
    expect(await exportOf(browser)).toEqual({ ...first, exported_at: new Date(app().clock.now()).toISOString() })
    expect(app().logged.filter(({ msg }) => msg === 'data.exported')).toHaveLength(2)
  })

  it('holds a long history, the oldest event in front', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    const { db } = app().services.database
    const { id } = await db
      .selectFrom('gatelodge_accounts')
      .select('id')
      .where('email', '=', ada.email ?? '')
      .executeTakeFirstOrThrow()
    const record = { account_id: id, address_hash: digest('x'), client_address: '', device: '{}', reason: null }
    const events = 12_000
    for (let start = 0; start < events; start += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, index) => ({
        ...record,
        id: newId(),
        at: app().clock.now() - days(100) + start + index,
        event: 'login.failed',
        outcome: 'refused' as const,
        request_id: '',
      }))
      await db.insertInto('gatelodge_audit').values(rows).execute()
    }
    const { activity } = await exportOf(browser)
    expect(activity).toHaveLength(events + 1)
    const times = activity.slice(1).map(({ at }) => String(at))
    expect(times).toEqual([...times].sort())
  })
})
