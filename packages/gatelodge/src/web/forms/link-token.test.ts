// A sign behind a link in an email becomes part of it in many programs: it opens the page all the same.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { declared } from '../../app.ts'
import { paths } from '../../paths.ts'
import { minutes } from '../../time.ts'

const signs = ['.', ')', '!', '>', '=', '%3E', ').', '...']

onEachDatabase('A link of an email', (database) => {
  const app = useApp(database, { emailsPerAddressHour: 100, emailsPerAddressDay: 100 })

  it.each(signs)('with a glued "%s" sets a new password', async (sign) => {
    const person = await app().visitor().register()
    app().clock.pass(minutes(2))
    await app()
      .visitor()
      .json('POST', '/api/v1/forgot-password', { email: person.email ?? '' })
    const browser = app().visitor()
    await browser.open((await linkTo(app(), person.email ?? '', 'reset-password')) + sign)
    expect((await browser.submit({ new_password: 'amber ferry clock' })).path).toBe('/login')
    expect(
      (
        await app()
          .visitor()
          .logIn({ email: person.email ?? '', password: 'amber ferry clock' })
      ).path,
    ).toBe('/account')
  })

  it.each(signs)('with a glued "%s" confirms an address', async (sign) => {
    const browser = app().visitor()
    const person = await browser.register()
    await browser.open((await linkTo(app(), person.email ?? '', 'verify-email')) + sign)
    await browser.submit({})
    const rows = await app()
      .services.database.db.selectFrom('gatelodge_accounts')
      .select('verified_at')
      .where('email', '=', person.email ?? '')
      .execute()
    expect(rows[0]?.verified_at).not.toBeNull()
  })

  it.each(signs)('with a glued "%s" leads where it would without, whatever it is for', async (sign) => {
    for (const path of ['/login', '/forgot-password']) {
      const answer = await app()
        .visitor()
        .send('GET', path + sign)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, path])
    }
    const token = 'kQ-tOkEn_'.repeat(5).slice(0, 43)
    const linked = Object.values(declared.emails).flatMap(({ link }) => (link && link !== paths.login ? [link] : []))
    expect(linked.length).toBeGreaterThan(5)
    for (const path of linked) {
      const [plain, glued] = [app().visitor(), app().visitor()]
      const answers = [await plain.send('GET', `${path}/${token}`), await glued.send('GET', `${path}/${token}${sign}`)]
      expect(answers[1]?.headers.get('location')).toBe(answers[0]?.headers.get('location'))
      expect(answers[0]?.status).toBe(303)
    }
    for (const path of ['/nothing', '/account'])
      expect(
        (
          await app()
            .visitor()
            .send('GET', path + sign)
        ).status,
      ).toBe(404)
  })
})
