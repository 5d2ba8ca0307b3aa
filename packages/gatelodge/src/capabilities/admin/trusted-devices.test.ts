// What was proved before ends where the site closes or moves an account, also if it comes back: the trust in a device, and a login
// that waits for its second step.
import { expect, it } from 'vitest'
import { onSqlite } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { accountOf } from '../../../tests/support/groups.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { shown, someoneWithApp } from '../../../tests/support/second-factor.ts'
import type { Fields } from '../../../tests/support/visitor.ts'
import type { Act } from './act.rules.ts'
import { perform } from './acts.ts'
import { addAdministrator } from './administrators.rules.ts'
import { deleteAccount, restoreAccount } from './deletion.rules.ts'
import { demandNewPassword } from './password.rules.ts'
import { setAddress } from './profile.rules.ts'
import { endSessions } from './sessions.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

const order = {
  actor: 'command',
  reason: 'a test',
  source: { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' },
}

onSqlite('A trusted device', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  async function trusting() {
    const { browser: first, person, key } = await someoneWithApp(app())
    const browser = app().visitor()
    await browser.logIn(person)
    await browser.submit({ code: shown(app(), key), trust: 'yes' })
    await browser.logOut()
    expect((await browser.logIn(person)).path).toBe('/account')
    return { first, browser, person, id: (await accountOf(app(), person)).id }
  }

  type Step = (id: Buffer, person: Fields) => Promise<{ kind: string }>
  const acts: [string, Step[]][] = [
    [
      'disabled and enabled',
      [
        (id) => perform(disableAccount, app().services, order, id, {}),
        (id) => perform(enableAccount, app().services, order, id, {}),
      ],
    ],
    [
      'deleted by the site and restored',
      [
        (id) => perform(deleteAccount, app().services, order, id, {}),
        (id) => perform(restoreAccount, app().services, order, id, {}),
      ],
    ],
    [
      'moved to another address by the site',
      [(id, { email }) => perform(setAddress, app().services, order, id, { email: `moved-${email}`, verified: true })],
    ],
  ]

  it.each(acts)('V7.4.2 V6.3.3 is asked for a code again where the account was %s', async (what, steps) => {
    const { browser, person, id } = await trusting()
    await browser.logOut()
    for (const act of steps) expect((await act(id, person)).kind).toBe('done')
    const email = what.startsWith('moved') ? `moved-${person.email}` : (person.email ?? '')
    expect((await browser.logIn({ ...person, email })).path).toBe('/two-factor')
  })

  it('V7.4.2 V6.3.3 is asked for a code again where its owner deleted the account and restored it', async () => {
    const { first, browser, person } = await trusting()
    const answer = await first.json('POST', '/api/v1/delete', { current_password: person.password })
    expect(answer.status, JSON.stringify(answer.body)).toBe(204)
    await browser.open(await linkTo(app(), person.email ?? '', 'account-deletion-scheduled'))
    await browser.submit({})
    expect((await browser.logIn(person)).path).toBe('/two-factor')
  })
})

onSqlite('A login under way', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })

  it.each([
    ['logs the account out everywhere', endSessions, {}],
    ['changes its address', setAddress, { email: `moved-${Date.now()}@example.org`, verified: true }],
    ['makes it an administrator', addAdministrator, {}],
    ['demands another password', demandNewPassword, {}],
  ] as const)('V7.4.2 V7.4.5 ends where the site %s', async (_, act, input) => {
    const { person, key } = await someoneWithApp(app())
    const { id } = await accountOf(app(), person)
    const [browser, program] = [app().visitor(), app().visitor()]
    expect((await browser.logIn(person)).path).toBe('/two-factor')
    const { login_token } = (await program.json('POST', '/api/v1/login', { ...person, session: 'bearer' })).body
    expect((await perform(act as Act, app().services, order, id, input)).kind).toBe('done')
    await browser.submit({ code: shown(app(), key) })
    expect(browser.page.path).toBe('/login')
    const answer = await program.json('POST', '/api/v1/two-factor', { login_token, code: shown(app(), key) })
    expect(answer).toMatchObject({ status: 401, body: { code: 'login-over' } })
  })
})
