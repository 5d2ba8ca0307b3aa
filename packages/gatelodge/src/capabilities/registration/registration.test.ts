import { expect, it } from 'vitest'
import { onEachDatabase, type TestDatabase } from '../../../tests/support/databases.ts'
import { makeApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'

onEachDatabase('Registration', (database: TestDatabase) => {
  const app = useApp(database)

  it('stores the account, logs the person in and says so', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const ada = someone()
    await browser.submit(ada)
    expect(browser.page).toMatchObject({
      status: 200,
      path: '/account',
      heading: 'Hello, Ada Lovelace',
      notice: 'Welcome, Ada Lovelace. Your account is ready.',
    })
    expect(browser.page.html).toContain(ada.email)
    await browser.open('/account')
    expect(browser.page.notice).toBeUndefined()
  })

  it('answers wrong input with 303 to its own page, all messages at once, and keeps what was typed but for the password', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const answer = await browser.submitOnly({ name: ' ', email: 'ada@example', password: 'short' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/register?cookies=1'])
    await browser.open('/register')
    expect(browser.page).toMatchObject({
      title: 'Error: Create an account – Gatelodge',
      summary: [
        'Enter your name',
        'Enter an email address like name@example.org',
        'Password must be at least 8 characters',
      ],
    })
    const { html } = browser.page
    expect(html).toContain('value="ada@example"')
    expect(html).not.toContain('short')
    for (const field of ['name', 'email', 'password']) {
      expect(html).toMatch(
        new RegExp(`id="${field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*${field}-error"`),
      )
    }
    await browser.open('/register')
    expect(browser.page.summary).toEqual([])
  })

  it('shows a taken address as a problem of its field, together with all others, and links to the log-in', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/register?return_to=%2Faccount%2Fpassword')
    await browser.submit({ ...ada, name: '' })
    expect(browser.page.summary).toEqual(['Enter your name', 'An account with this email address already exists'])
    expect(browser.page.html).toContain('<a class="way-out" href="/login?return_to=%2Faccount%2Fpassword">')
  })

  it('knows one address in many spellings', async () => {
    const local = `eve${Date.now()}`
    await app()
      .visitor()
      .register({ email: `${local}@exämple.org` })
    const spellings = [
      `${local.toUpperCase()}@EXÄMPLE.ORG`,
      `  ${local}@xn--exmple-cua.org `,
      `${local}@exa\u0308mple.org`,
      `${local}@ｅxämple.org`,
    ]
    for (const email of spellings) {
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit(someone({ email, password: 'quiet amber windmill' }))
      expect(browser.page.summary, email).toEqual(['An account with this email address already exists'])
    }
  })

  it('asks once about an address with a slip of the finger, and takes it when it is sent again', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const ada = someone({ email: `ada${Date.now()}@gmial.com` })
    await browser.submit(ada)
    const meant = ada.email?.replace('gmial', 'gmail')
    const question = `Did you mean ${meant}? If not, enter your password again and continue.`
    expect(browser.page.summary).toEqual([question])
    await browser.submit({ ...ada, email: `other-${ada.email}` })
    expect(browser.page.summary).toEqual([question.replace(meant ?? '', `other-${meant}`)])
    await browser.submit({ ...ada, email: `other-${ada.email}` })
    expect(browser.page.path).toBe('/account')
    expect((await app().visitor().json('POST', '/api/v1/register', ada)).status).toBe(201)
  })

  it('mends a slip of the finger with one click: the rest stays, and the password is all that is asked', async () => {
    const browser = app().visitor()
    await browser.open('/register?return_to=%2Faccount%2Fpassword')
    const ada = someone({ email: `ada${Date.now()}@gmial.com` })
    const meant = ada.email?.replace('gmial', 'gmail') ?? ''
    await browser.submit(ada)
    const form = browser.page.html.slice(browser.page.html.indexOf('<form'))
    const buttons = [...form.matchAll(/<button[^>]*type="submit"[^>]*>/g)].map(([button]) => button)
    // Enter presses the first: not the one that changes the address.
    expect(buttons[0]).not.toContain('meant_email')
    expect(form).toContain(`name="meant_email" value="${meant}"`)
    await browser.submit({ ...ada, password: '', meant_email: meant })
    expect(browser.page).toMatchObject({
      path: '/register',
      summary: [],
      notice: `The address is now ${meant}. Enter your password to continue.`,
    })
    expect(browser.page.html).toContain(`value="${meant}"`)
    expect(browser.page.html).toContain('value="Ada Lovelace"')
    expect(browser.page.html).toContain('value="/account/password"')
    await browser.submit({ ...ada, email: meant })
    expect(browser.page.path).toBe('/account/password')
    expect((await browser.open('/account')).html).toContain(meant)
  })

  it('mends it and registers at once where the password was typed again before', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    const ada = someone({ email: `bea${Date.now()}@gmial.com` })
    const meant = ada.email?.replace('gmial', 'gmail') ?? ''
    await browser.submit(ada)
    await browser.submit({ ...ada, meant_email: meant })
    expect(browser.page.path).toBe('/account')
    expect((await browser.open('/account')).html).toContain(meant)
  })

  it('says what is wrong with characters before the @ that mail servers do not take', async () => {
    const sentence = 'Before the @, use only characters without accents: a to z, digits, and signs like . _ - +'
    for (const email of ['müller@example.org', '李@example.org', '\u00a0josé@example.org\u200b']) {
      const browser = app().visitor()
      await browser.open('/register')
      await browser.submit(someone({ email }))
      expect(browser.page.summary).toEqual([sentence])
      await browser.open('/forgot-password')
      await browser.submit({ email })
      expect(browser.page.summary).toEqual([sentence])
    }
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(someone({ email: '\u00a0\u200b' }))
    expect(browser.page.summary).toEqual(['Enter your email address'])
  })

  it('leads back to the page that someone wanted in the first place', async () => {
    const browser = app().visitor()
    await browser.open('/account/password')
    expect(browser.page).toMatchObject({ path: '/login', notice: 'Log in to see that page.' })
    const link = /href="(\/register\?[^"]+)"/.exec(browser.page.html)?.[1] ?? ''
    await browser.open(link)
    await browser.submit(someone())
    expect(browser.page).toMatchObject({ path: '/account/password', status: 200 })
  })

  it('sends someone who is logged in to their account', async () => {
    const browser = app().visitor()
    await browser.register()
    const answer = await browser.send('GET', '/register')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
  })

  it('through the API: 201, or 422 with every field', async () => {
    const browser = app().visitor()
    const refused = await browser.json('POST', '/api/v1/register', { name: 'Ada', email: 'no', password: 7 })
    expect(refused).toMatchObject({
      status: 422,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: 'about:blank',
        title: 'Some fields are not right',
        status: 422,
        code: 'fields',
        errors: [{ field: 'password', code: 'not-text', message: 'Password contains a character that cannot be used' }],
      },
    })
    const short = await browser.json('POST', '/api/v1/register', { name: '', email: 'no', password: 'seven77' })
    expect(short.body.errors).toEqual([
      { field: 'name', code: 'empty', message: 'Enter your name' },
      { field: 'email', code: 'form', message: 'Enter an email address like name@example.org' },
      { field: 'password', code: 'too-short', message: 'Password must be at least 8 characters' },
    ])
    const created = await browser.json('POST', '/api/v1/register', someone())
    expect(created.status).toBe(201)
    expect(await browser.account()).toMatchObject({ name: 'Ada Lovelace' })
  })

  it.each([
    ['V6.2.5 all lower case', 'tramlamp'],
    ['V6.2.5 spaces at both ends', '  eight  '],
    ['V6.2.5 eight emoji', '🌲🌳🌴🌵🌾🌿☘️🍀🍁'],
    ['V6.2.9 64 characters', 'violet tram lamp'.repeat(4)],
    ['V6.2.9 256 characters', 'violet tram lamp'.repeat(16)],
    ['V6.2.9 256 characters of four bytes', '🌲🍀🌵🌾🎈🦊🎻🚲'.repeat(32)],
  ])('%s: taken as a password, and every character of it matters', async (_, password) => {
    const ada = await app().visitor().register({ password })
    const other = [...password].slice(0, -1).join('')
    const browser = app().visitor()
    await browser.logIn({ ...ada, password: other })
    expect(browser.page.summary).toEqual(['Email or password is not right. Check them and try again.'])
    await browser.logIn({ ...ada, password })
    expect(browser.page.path).toBe('/account')
  })

  it.each([
    ['V6.2.1 seven characters', 'seven77', 'Password must be at least 8 characters'],
    ['V6.2.1 seven characters of two code units each', '🌲🌳🌴🌵🌾🌿🍀', 'Password must be at least 8 characters'],
    ['257 characters', 'x'.repeat(257), 'Password must be 256 characters or fewer'],
    ['nothing', '', 'Enter your password'],
  ])('%s: refused as a password', async (_, password, message) => {
    const browser = app().visitor()
    await browser.open('/register')
    await browser.submit(someone({ password }))
    expect(browser.page.summary).toEqual([message])
  })

  it('V6.2.8 normalises a password to NFC and changes nothing else about it', async () => {
    const ada = await app().visitor().register({ password: ' Ångström\u0000 lamp ' })
    const logIn = async (password: string) =>
      (
        await app()
          .visitor()
          .logIn({ ...ada, password })
      ).path
    expect(await logIn(' A\u030angstro\u0308m\u0000 lamp ')).toBe('/account')
    for (const other of [
      'Ångström\u0000 lamp',
      ' ångström\u0000 lamp ',
      ' Ångström lamp ',
      ' Ångström\u0000 lampe ',
      ' Ångström',
    ]) {
      expect(await logIn(other), JSON.stringify(other)).toBe('/login')
    }
  })

  it('V11.4.2 stores argon2id with the parameters of the settings, and nothing that was typed', async () => {
    const { settings } = app().services
    const ada = await app().visitor().register()
    const { db } = app().services.database
    const rows = await db.selectFrom('gatelodge_passwords').select('hash').execute()
    expect(rows.length).toBeGreaterThan(0)
    for (const { hash } of rows) {
      expect(hash).toMatch(
        new RegExp(`^\\$argon2id\\$v=19\\$m=${settings.hashMemory / 1024},t=1,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}$`),
      )
      expect(hash).not.toContain(ada.password)
    }
  })
})

it('V11.4.2 hashes with 19 MiB and two passes by default', async () => {
  const app = await makeApp(throwawayDatabase(), { hashMemory: 19 * 1024 ** 2, hashPasses: 2 })
  await app.visitor().register()
  const row = await app.services.database.db.selectFrom('gatelodge_passwords').select('hash').executeTakeFirstOrThrow()
  expect(row.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await app.close()
})

onEachDatabase('Closed registration', (database) => {
  const app = useApp(database, { registration: 'closed' })

  it('has its own page instead of a form, and takes nobody', async () => {
    const browser = app().visitor()
    await browser.open('/register')
    expect(browser.page).toMatchObject({ status: 200, heading: 'Registration is closed' })
    expect(browser.page.html).not.toContain('<form')
    await browser.open('/login')
    await browser.submit(someone(), '/register')
    expect(browser.page.heading).toBe('Registration is closed')
    const refused = await browser.json('POST', '/api/v1/register', someone())
    expect(refused).toMatchObject({ status: 403, body: { code: 'registration-closed' } })
    const { db } = app().services.database
    expect(await db.selectFrom('gatelodge_accounts').selectAll().execute()).toEqual([])
  })
})
