// Anyone who comes back with a session that is over lands on the login page, which says why, once.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailTo, linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../../tests/support/visitor.ts'
import { days, hours } from '../../time.ts'

interface Scene {
  app: TestApp
  here: Visitor
  ada: Fields
}

const newPassword = 'amber ferry clock'

/** What happens at another device, and what the page on this one says. */
const endings: Record<string, { says: string; act(scene: Scene): Promise<unknown> }> = {
  elsewhere: {
    says: 'You were logged out here from another device.',
    act: ({ here }) => here.json('POST', '/api/v1/devices/end-others', {}),
  },
  'password-changed': {
    says: 'You were logged out here because your password was changed.',
    act: ({ here, ada }) =>
      here.json('POST', '/api/v1/password', { current_password: ada.password, new_password: newPassword }),
  },
  'password-reset': {
    says: 'You were logged out here because your password was reset.',
    async act({ app, ada }) {
      const stranger = app.visitor()
      await stranger.open('/forgot-password')
      await stranger.submit({ email: ada.email ?? '' })
      await stranger.open(await linkTo(app, ada.email ?? '', 'reset-password'))
      await stranger.submit({ new_password: newPassword })
    },
  },
  'address-confirmed': {
    says: 'You were logged out here because your email address was verified.',
    async act({ app, here, ada }) {
      await here.open(await linkTo(app, ada.email ?? '', 'verify-email'))
      await here.submit({})
    },
  },
  'address-changed': {
    says: 'You were logged out here because your email address was changed.',
    async act({ app, here }) {
      const { email = '' } = someone()
      await here.form('/account/email', { new_email: email })
      await here.open(await linkTo(app, email, 'confirm-email'))
      await here.submit({})
    },
  },
  'account-deletion-scheduled': {
    says: 'You were logged out here because the account was deleted.',
    async act({ app, here, ada }) {
      await here.json('POST', '/api/v1/delete', { current_password: ada.password })
      await emailTo(app, ada.email ?? '', 'account-deletion-scheduled')
    },
  },
  'timed-out': {
    says: 'You were logged out because you were inactive. Log in to continue.',
    act: async ({ app }) => app.clock.pass(hours(12)),
  },
}

onEachDatabase('A session that is over', (database) => {
  const app = useApp(database, { emailsPerClient: 1_000 })

  async function ended(act: (scene: Scene) => Promise<unknown>) {
    const here = app().visitor()
    const ada = await here.register()
    const there = app().visitor()
    await there.logIn(ada)
    expect(there.page.path).toBe('/account')
    await act({ app: app(), here, ada })
    return there
  }

  it.each(Object.entries(endings))('V7.4.1 says so on the login page, once: %s', async (_, { says, act }) => {
    const there = await ended(act)
    await there.open('/account/profile')
    expect(there.page).toMatchObject({ path: '/login', notice: says })
    expect(there.sessionCookie).toBeUndefined()
    await there.open('/account')
    expect(there.page.notice).toBe('Log in to see that page.')
  })

  it('leads back to where one was going, by the login page', async () => {
    const there = await ended(({ here }) => here.json('POST', '/api/v1/devices/end-others', {}))
    const answer = await there.send('GET', '/account/profile')
    expect(answer.headers.get('location')).toBe('/login?return_to=%2Faccount%2Fprofile')
  })

  it('V14.2.7 says why for a week, and is deleted then', async () => {
    const there = await ended(({ here }) => here.json('POST', '/api/v1/devices/end-others', {}))
    const cookies = new Map(there.cookies)
    app().clock.pass(days(6))
    await app().services.sessions.purge()
    await there.open('/account')
    expect(there.page.notice).toBe('You were logged out here from another device.')
    there.cookies = cookies
    app().clock.pass(days(1))
    while ((await app().services.sessions.purge()) > 0);
    await there.open('/account')
    expect(there.page.notice).toBe('Log in to see that page.')
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_sessions').select('id').where('ended_at', 'is not', null).execute()
    expect(rows).toEqual([])
  })
})
