// What no page writes, or only with time: put into the database of a site that runs, as the command, a provider, a background job
// or the years would.
import { createHash, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { stringify } from 'uuid'
import { newId } from '../../../src/identity/ids.ts'
import { databaseFiles, type SiteKind } from './state.ts'

function inDatabase(kind: SiteKind, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(databaseFiles.get(kind) ?? '')
  database.exec('pragma busy_timeout = 5000')
  work(database)
  database.close()
}

/** Makes that person an administrator. */
export function promote(email: string, kind: SiteKind = 'open'): void {
  inDatabase(kind, (database) => {
    database
      .prepare(`insert into gatelodge_group_members (account_id, group_name, added_at)
        select id, 'administrators', 0 from gatelodge_accounts where email = ?`)
      .run(email)
    database.prepare(`update gatelodge_accounts set member_of = 'administrators' where email = ?`).run(email)
  })
}

/** The address of that person is known to be theirs. */
export function verify(email: string, kind: SiteKind = 'open'): void {
  inDatabase(kind, (database) => {
    database.prepare('update gatelodge_accounts set verified_at = created_at where email = ?').run(email)
  })
}

/** Connects an account of a provider, as a login would. */
export function connect(email: string): void {
  inDatabase('open', (database) =>
    database
      .prepare(`insert into gatelodge_connections
        (id, account_id, subject_key, provider, issuer, subject, email, created_at, last_used_at)
        select ?, id, randomblob(32), 'google', 'https://accounts.google.com', ?, 'ada@example.com', ?, null
        from gatelodge_accounts where email = ?`)
      .run(newId(), email, Date.now(), email),
  )
}

/** Demands another password of that person. */
export function demandNewPassword(email: string): void {
  inDatabase('open', (database) =>
    database.prepare('update gatelodge_accounts set password_demanded_at = 1 where email = ?').run(email),
  )
}

/** All that an account can have beside what is usual: each line that a page has for it is shown. */
export function burden(email: string): void {
  inDatabase('open', (database) => {
    database
      .prepare(`update gatelodge_accounts set password_demanded_at = 1, disabled_at = 1, deletes_at = ?,
        pending_email = 'wolfeschlegelsteinhausen.the.elder@accounts.example.org' where email = ?`)
      .run(Date.UTC(2040, 0, 1), email)
  })
}

/** Writes what no release of ours has written: each page that reads it fails. */
export function spoil(email: string): void {
  inDatabase('broken', (database) =>
    database.prepare(`update gatelodge_accounts set fields = '{' where email = ?`).run(email),
  )
}

/** The emails of that person could not be delivered. */
export function failEmails(email: string): void {
  inDatabase('open', (database) =>
    database
      .prepare(`update gatelodge_emails set failed_at = created_at, tries = 8, failure = ? where account_id =
        (select id from gatelodge_accounts where email = ?)`)
      .run('550 5.1.1 <mailbox>: Recipient address rejected: User unknown in virtual mailbox table', email),
  )
}

/** @returns the path of the link that makes an administrator. */
export function administratorLink(): string {
  const token = randomBytes(32).toString('base64url')
  inDatabase('open', (database) =>
    database
      .prepare(`insert into gatelodge_tokens (token_hash, purpose, account_id, address_key, created_at, expires_at)
        values (?, 'become-administrator', zeroblob(16), zeroblob(32), ?, ?)`)
      .run(createHash('sha256').update(token).digest(), Date.now(), Date.now() + 1_800_000),
  )
  return `/become-administrator/${token}`
}

/** An act on several accounts that goes on for ever: of those that wait, none gets its turn. @returns its id. */
export function beginBulkAct(administrator: string): string {
  const id = newId()
  const name = id.toString('hex')
  inDatabase('open', (database) => {
    database.exec(`create trigger gatelodge_waits_${name} before update on gatelodge_bulk_accounts
      when old.bulk_id = x'${name}' begin select raise(ignore); end`)
    const by = database.prepare('select id from gatelodge_accounts where email = ?').get(administrator)
    const reason = 'They write the letters of the club from this year on'
    database
      .prepare(`insert into gatelodge_bulk_acts
        (id, act, group_name, actor, note, client_address, device, request_id, created_at)
        values (?, 'join-group', 'editors', ?, ?, '127.0.0.1', '{}', 'none', ?)`)
      .run(id, stringify(by?.id as Uint8Array), reason, Date.now())
    const insert = database.prepare(`insert into gatelodge_bulk_accounts (bulk_id, account_id, outcome)
      select ?, id, ? from gatelodge_accounts order by id desc limit 1 offset ?`)
    const outcomes = ['member', 'too-many-groups', 'closed', null, null, 'done', 'done']
    for (const [place, outcome] of outcomes.entries()) insert.run(id, outcome, place)
  })
  return stringify(id)
}

/** Imports in each of their states. */
export function noteImports(): void {
  const now = Date.now()
  const ago = (minutes: number) => now - minutes * 60_000
  inDatabase('open', (database) => {
    const insert = database.prepare(`insert or replace into gatelodge_imports
      (id, source, system, started_at, seen_at, rows_read, share, imported, rejected, ended_at, is_whole)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    const id = (at: number) => Buffer.alloc(16, at)
    insert.run(id(4), `${'accounts-of-the-club-'.repeat(5)}2026.csv`, '', ago(1), now, 9, 0, 0, 9, null, 0)
    insert.run(id(3), 'users-2026.csv', 'laravel', ago(4), now, 41_250, 3_300, 41_101, 149, null, 0)
    insert.run(id(2), 'table users', 'wordpress', ago(90), ago(80), 9_000, 4_500, 8_998, 2, null, 0)
    const over = [12_480, 10_000, 12_480, 0, ago(2_998), 1]
    insert.run(id(1), 'old-members.ndjson', '', ago(3_000), ago(2_998), ...over)
  })
}
