import { expect, it } from 'vitest'
import { atEachLevel, onEachDatabase } from '../../../tests/support/databases.ts'
import { emailsTo, emailTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import type { Fields } from '../../../tests/support/visitor.ts'
import { days } from '../../time.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'
const newPassword = 'amber ferry clock'

const newDevices = async (app: TestApp, { email = '' }: Fields) =>
  (await emailsTo(app, email)).filter(({ kind }) => kind === 'new-device').length

onEachDatabase('A log-in from a device that was not seen before', (database) => {
  const app = useApp(database)

  it('V6.3.5 sends the owner an email with time, device and address, and what to do', async () => {
    const ada = await app().visitor().register()
    const stranger = app().visitor('203.0.113.9')
    const asJson = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': firefox }
    expect((await stranger.send('POST', '/api/v1/login', JSON.stringify(ada), asJson)).status).toBe(200)
    const message = await emailTo(app(), ada.email ?? '', 'new-device')
    expect(message).toMatchObject({
      subject: 'New login to your Gatelodge account',
      to: { name: '', address: ada.email },
    })
    expect(message.link).toBeUndefined()
    expect(message.text).toContain('Firefox on Windows')
    expect(message.text).toContain('203.0.113.9')
    expect(message.text).toContain('22 November 2026')
    expect(message.text).toMatch(/password/)
  })

  it('sends the email after a log-in by the form as well', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.logIn(ada)
    expect(await newDevices(app(), ada)).toBe(1)
  })

  it('is none at registration, nor where someone has logged in before', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    for (let time = 0; time < 3; time += 1) {
      await browser.logOut()
      await browser.logIn(ada)
      expect(browser.page.path).toBe('/account')
    }
    expect(await newDevices(app(), ada)).toBe(0)
    await app().visitor().logIn(ada)
    expect(await newDevices(app(), ada)).toBe(1)
  })

  it('is none for someone else on a device of the family', async () => {
    const browser = app().visitor()
    const ada = await browser.register()
    await browser.logOut()
    const grace = await browser.register()
    for (const person of [ada, grace, ada]) {
      await browser.logOut()
      await browser.logIn(person)
    }
    expect([await newDevices(app(), ada), await newDevices(app(), grace)]).toEqual([0, 0])
  })

  it('is none after the password was changed once, on a device that had logged in before', async () => {
    const here = app().visitor()
    const ada = await here.register()
    const there = app().visitor()
    await there.logIn(ada)
    const change = { current_password: ada.password, new_password: newPassword }
    expect((await here.json('POST', '/api/v1/password', change)).status).toBe(200)
    await there.logIn({ ...ada, password: newPassword })
    expect(there.page.path).toBe('/account')
    expect(await newDevices(app(), ada)).toBe(1)
  })

  it('is none where the password was wrong', async () => {
    const ada = await app().visitor().register()
    await app()
      .visitor()
      .logIn({ ...ada, password: 'quiet amber windmill' })
    expect(await newDevices(app(), ada)).toBe(0)
  })

  it('V2.4.1 sends ten emails in a day at most, and more on the next', async () => {
    const ada = await app().visitor().register()
    for (let time = 0; time < 12; time += 1) await app().visitor().json('POST', '/api/v1/login', ada)
    expect(await newDevices(app(), ada)).toBe(10)
    app().clock.pass(days(1))
    await app().visitor().json('POST', '/api/v1/login', ada)
    expect(await newDevices(app(), ada)).toBe(11)
  })
})

atEachLevel('16 log-ins from new devices at once', (database, replaced) => {
  const app = useApp(database, {}, replaced)

  it('V15.4.2 all log in, and ten emails are written', async () => {
    const ada = await app().visitor().register()
    const all = await Promise.all(
      Array.from({ length: 16 }, async () => (await app().visitor().json('POST', '/api/v1/login', ada)).status),
    )
    expect(new Set(all)).toEqual(new Set([200]))
    expect(await newDevices(app(), ada)).toBe(10)
  })
})
