// Commands of the built product beside a site that runs, on both databases; each a process of its own, but for what they refuse.
import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Secret } from 'otpauth'
import { expect, it } from 'vitest'
import { codeAt, stepAt } from '../../../src/identity/second-factors/totp.ts'
import { commanded, finished, finishedHere, serving } from '../../support/command-line.ts'
import { ask } from '../../support/databases.ts'
import { keyOn } from '../../support/second-factor.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { onWalkedDatabases } from '../../support/walk.ts'

const secret = 'a-secret-for-tests-0123456789-abcdefgh'

onWalkedDatabases('The command line', (database) => {
  it('brings the tables up to date and prints their state', async () => {
    const where = ['--database-url', database.url]
    if (database.name === 'SQLite') writeFileSync(database.url.slice('sqlite:'.length), '')
    expect((await commanded(['migrate', 'status', ...where])).out).toBe('0001-baseline  not applied\n')
    const refused = await finished(['serve', '--migrate', 'false', '--port', '0', ...where])
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: 'The tables are not up to date; run: gatelodge migrate up\n',
    })
    expect((await commanded(['migrate', 'up', ...where])).out).toMatch(/^0001-baseline {2}applied \d{4}/)
    expect((await commanded(['migrate', 'status', ...where])).out).toMatch(/^0001-baseline {2}applied \d{4}/)
  })

  it('says what is wrong with what a list or a new account was given, and why a reason is needed', async () => {
    const where = ['--database-url', database.url, '--secret', secret]
    await commanded(['migrate', 'up', ...where])
    const made = await commanded(['account', 'create', 'c@example.org', 'Cleo', ...where])
    expect(made).toMatchObject({ code: 0 })
    for (const [words, code, said] of [
      [['account', 'list', '--state', 'odd'], 2, /--state is one of: active, disabled, deleted/],
      [['account', 'list', '--limit', '0'], 2, /--limit is a whole number from 1 to 1000/],
      [['account', 'list', '--after', 'x'], 2, /--after is what the page before printed/],
      [['account', 'create', 'a@example.org', 'A', '--field', 'x'], 2, /--field is NAME=VALUE/],
      [['account', 'create', 'a@example.org', 'A', '--created-at', 'then'], 2, /--created-at is a date/],
      [['account', 'create', 'a@example.org', 'A', '--created-at', '2999-01-01'], 1, /has not come yet/],
      [['account', 'create', 'a@example.org', 'A', '--group', 'none'], 1, /There is no group none/],
      [['account', 'create', 'a@example.org', 'A', '--field', 'x=y'], 1, /The field x cannot be used \(unknown\)/],
      [['account', 'list', 'cl'], 0, /c@example\.org {2}Cleo {2}active/],
      [['account', 'sessions', 'c@example.org'], 0, /c@example\.org is logged in nowhere/],
      [['audit', 'c@example.org'], 0, /account\.created .* command/],
      [['account', 'require-new-password', 'c@example.org'], 2, /Say why, for the record: --reason/],
      [['account', 'require-new-password', 'c@example.org', '--reason', 'x'], 1, /c@example\.org has no password/],
      [['connection', 'list', 'c@example.org'], 0, /c@example\.org is connected with no provider/],
      [['connection', 'remove', 'c@example.org', 'google'], 2, /Say why, for the record: --reason/],
      [['connection', 'remove', 'c@example.org', 'google', '--reason', 'x'], 1, /Say --yes to do it/],
      [['connection', 'remove', 'c@example.org', 'google', '--reason', 'x', '--yes'], 1, /has no such connection/],
      [['account', 'log-out', 'c@example.org'], 2, /Say why, for the record: --reason/],
      [['account', 'log-out', 'c@example.org', '--reason', 'x', '--session', 'y'], 1, /has no such session/],
    ] as [string[], number, RegExp][]) {
      const result = await finishedHere([...words, ...where])
      expect(`${result.out}${result.err}`, words.join(' ')).toMatch(said)
      expect(result.code, words.join(' ')).toBe(code)
    }
  })

  it('V7.4.2 disables an account, whose sessions end at once, and enables it again', async () => {
    const environment = { GATELODGE_DATABASE_URL: database.url, GATELODGE_SECRET: secret }
    const program = await serving(environment)
    await untilAnswers(`http://localhost:${program.port}/health/ready`)
    const ada = await program.visitor.register()
    const disabled = await commanded(['account', 'disable', ada.email ?? '', '--reason', 'asked'], environment)
    expect(disabled).toMatchObject({ code: 0, out: `${ada.email} can no longer log in.\n` })
    expect((await program.visitor.open('/account')).path).toBe('/login')
    expect((await program.visitor.logIn(ada)).path).toBe('/login')
    await commanded(['account', 'enable', ada.email ?? '', '--reason', 'asked'], environment)
    expect((await program.visitor.logIn(ada)).path).toBe('/account')
    const unknown = await commanded(['account', 'disable', 'nobody@example.org'], environment)
    expect(unknown.code).toBe(1)
    expect(unknown.err).toContain('No account has the address nobody@example.org in this database: ')
  })

  it('V6.4.4 resets the second factor of someone who has lost it: sessions end, and the record and an email say so', async () => {
    const url = database.url
    const told = async (text: string) =>
      url.startsWith('sqlite:') ? new DatabaseSync(url.slice('sqlite:'.length)).prepare(text).all() : ask(url, text)
    const program = await serving({ GATELODGE_DATABASE_URL: url, GATELODGE_SECRET: secret })
    await untilAnswers(`http://localhost:${program.port}/health/ready`)
    const ada = await program.visitor.register()
    const where = ['--database-url', url, '--secret', secret]
    const reset = () => commanded(['account', 'reset-two-factor', ada.email ?? '', '--reason', 'phone lost', ...where])
    expect(await reset()).toMatchObject({ code: 1, err: `The account ${ada.email} has no second factor.\n` })
    await told('update gatelodge_accounts set verified_at = 1')
    await program.visitor.open('/account/two-factor')
    const code = codeAt(Buffer.from(Secret.fromBase32(keyOn(program.visitor.page)).buffer), stepAt(Date.now()))
    await program.visitor.submit({ code })
    expect(program.visitor.page.path).toBe('/account/recovery-codes')
    expect(await reset()).toMatchObject({
      code: 0,
      out: `${ada.email} now logs in without a second factor.\n`,
    })
    expect((await program.visitor.open('/account')).path).toBe('/login')
    expect((await program.visitor.logIn(ada)).path).toBe('/account')
    for (const table of ['totp', 'recovery_codes', 'trusted_devices'])
      expect(await told(`select account_id from gatelodge_${table}`), table).toEqual([])
    const emails = await told("select kind from gatelodge_emails where kind = 'two-factor-reset'")
    expect(emails).toHaveLength(1)
    const records = await told("select event from gatelodge_audit where event = 'two-factor.reset'")
    expect(records).toHaveLength(1)
  })
})
