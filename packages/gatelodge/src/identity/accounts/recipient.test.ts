// Emails of ours must not carry a stranger's words to someone else.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo, linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'

const lure = 'You won at https://e.test'
const newPassword = 'amber ferry clock'

onEachDatabase('An email about an account', (database) => {
  const app = useApp(database)

  it('names nobody before the address is confirmed: anyone who registered with it may be a stranger', async () => {
    const stranger = app().visitor()
    const { email = '', password = '' } = await stranger.register({ name: lure })
    await app().visitor().json('POST', '/api/v1/forgot-password', { email })
    await app().visitor().logIn({ email, password })
    await stranger.json('POST', '/api/v1/profile', { name: `${lure} now` })
    await stranger.form('/account/email', { new_email: 'other@example.org' })
    await stranger.json('POST', '/api/v1/password', { current_password: password, new_password: newPassword })
    await stranger.json('POST', '/api/v1/delete', { current_password: newPassword })
    const emails = [...(await emailsTo(app(), email)), ...(await emailsTo(app(), 'other@example.org'))]
    expect(emails.length).toBeGreaterThan(6)
    for (const message of emails) expect(JSON.stringify(message)).not.toContain('You won')
  })

  it('repeats no address that a stranger typed, either', async () => {
    const stranger = app().visitor()
    const { email = '' } = await stranger.register()
    const lureAddress = 'visit-evil-test@example.org'
    await stranger.form('/account/email', { new_email: lureAddress })
    await stranger.open(await linkTo(app(), lureAddress, 'confirm-email'))
    await stranger.form('/confirm-email')
    const emails = await emailsTo(app(), email)
    expect(emails.map(({ kind }) => kind)).toEqual(['verify-email', 'email-change-requested', 'email-changed'])
    for (const message of emails) expect(JSON.stringify(message)).not.toContain('evil')
  })

  it('names the new address to anyone who has confirmed the one in force', async () => {
    const ada = app().visitor()
    const { email = '' } = await ada.register()
    await ada.open(await linkTo(app(), email, 'verify-email'))
    await ada.form('/verify-email/confirm')
    await ada.form('/account/email', { new_email: 'ada-elsewhere@example.org' })
    expect((await emailTo(app(), email, 'email-change-requested')).text).toContain('to ada-elsewhere@example.org.')
  })

  it('greets by name once it is', async () => {
    const ada = app().visitor()
    const { email = '', name = '' } = await ada.register()
    await ada.open(await linkTo(app(), email, 'verify-email'))
    await ada.form('/verify-email/confirm')
    await ada.json('POST', '/api/v1/profile', { name: 'Ada King' })
    const message = await emailTo(app(), email, 'name-changed')
    expect(name).not.toBe('Ada King')
    expect(message.text).toContain('Hello Ada King,')
    expect(message.text).toContain('is now Ada King.')
  })

  it('is listed alike in the export of anyone who asked for a new address, whether or not someone has it', async () => {
    const { email: taken = '' } = await app().visitor().register()
    const kinds = async (new_email: string) => {
      const eve = app().visitor()
      await eve.register()
      await eve.form('/account/email', { new_email })
      const { emails } = JSON.parse((await eve.open('/account/export')).html) as { emails: { kind: string }[] }
      return emails.map(({ kind }) => kind)
    }
    expect(await kinds(taken)).toEqual(await kinds('free@example.org'))
  })
})
