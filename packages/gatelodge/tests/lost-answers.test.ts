// A COMMIT is carried out and its answer is lost: the change is made once and recorded once, and the page says so.
import { expect, it } from 'vitest'
import { minutes } from '../src/time.ts'
import { onEachDatabase } from './support/databases.ts'
import { emailsTo, linkTo } from './support/emails.ts'
import { useLossyApp } from './support/lost-commit.ts'
import type { Fields, Visitor } from './support/visitor.ts'

const newPassword = 'amber ferry clock'

onEachDatabase('With a lost answer', (database) => {
  const app = useLossyApp(database, { emailsPerClient: 100_000 })

  async function owner(): Promise<{ browser: Visitor; ada: Fields }> {
    const browser = app().visitor()
    return { browser, ada: await browser.register() }
  }

  async function told({ email = '' }: Fields, kind: string): Promise<number> {
    return (await emailsTo(app(), email)).filter((message) => message.kind === kind).length
  }

  it('V2.3.3 a link to a new password is sent once', async () => {
    const { ada } = await owner()
    const ask = () => app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    expect((await app().losingCommit(ask)).status).toBe(202)
    expect(await told(ada, 'reset-password')).toBe(1)
  })

  it('V2.3.3 a new password is set once', async () => {
    const { ada } = await owner()
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    const program = app().visitor()
    await program.send('GET', await linkTo(app(), ada.email ?? '', 'reset-password'))
    const reset = () => program.form('/reset-password', { new_password: newPassword })
    expect((await app().losingCommit(reset)).status).toBe(200)
    expect(await told(ada, 'password-reset')).toBe(1)
    expect(
      (
        await app()
          .visitor()
          .logIn({ ...ada, password: newPassword })
      ).path,
    ).toBe('/account')
  })

  it('V2.3.3 a password is confirmed, and the session goes on', async () => {
    const { browser, ada } = await owner()
    app().clock.pass(minutes(10))
    const confirm = () => browser.json('POST', '/api/v1/password/confirm', { current_password: ada.password })
    expect((await app().losingCommit(confirm)).status).toBe(200)
    expect((await browser.open('/account/email')).path).toBe('/account/email')
  })

  it('V2.3.3 a new address is asked for, cancelled, asked for again and confirmed', async () => {
    const { browser, ada } = await owner()
    const next = `next-${ada.email}`
    const ask = () => browser.form('/account/email', { new_email: next })
    expect((await app().losingCommit(ask)).status).toBe(200)
    expect(await told({ email: next }, 'confirm-email')).toBe(1)
    expect(await told(ada, 'email-change-requested')).toBe(1)
    const cancel = () => browser.form('/account/email', { action: 'cancel' })
    expect((await app().losingCommit(cancel)).status).toBe(200)
    expect((await browser.open(await linkTo(app(), next, 'confirm-email'))).status).toBe(410)
    app().clock.pass(minutes(1))
    expect((await ask()).status).toBe(200)
    await browser.send('GET', await linkTo(app(), next, 'confirm-email'))
    expect((await app().losingCommit(() => browser.form('/confirm-email'))).status).toBe(200)
    expect((await browser.account()).email).toBe(next)
    expect(await told(ada, 'email-changed')).toBe(1)
  })

  it('V2.3.3 an old address is put back once', async () => {
    const { browser, ada } = await owner()
    const next = `next-${ada.email}`
    await browser.send('GET', await linkTo(app(), ada.email ?? '', 'verify-email'))
    await browser.form('/verify-email/confirm')
    await browser.form('/account/email', { new_email: next })
    await browser.send('GET', await linkTo(app(), next, 'confirm-email'))
    await browser.form('/confirm-email')
    const old = app().visitor()
    await old.send('GET', await linkTo(app(), ada.email ?? '', 'email-changed'))
    const undo = () => old.form('/undo-email-change', { email: ada.email })
    expect((await app().losingCommit(undo)).status).toBe(200)
    expect((await browser.json('GET', '/api/v1/session')).status).toBe(401)
    expect(await told({ email: next }, 'email-change-undone')).toBe(1)
  })

  it('V2.3.3 a name is changed once', async () => {
    const { browser, ada } = await owner()
    const rename = () => browser.json('POST', '/api/v1/profile', { name: 'Augusta King' })
    expect((await app().losingCommit(rename)).status).toBe(200)
    expect((await browser.account()).name).toBe('Augusta King')
    expect(await told(ada, 'name-changed')).toBe(1)
  })
})
