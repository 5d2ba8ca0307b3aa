import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, emailTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { someone, textOf, type Visitor } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { seconds } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000, emailsPerAddressHour: 100, emailsPerAddressDay: 100 }

onEachDatabase('Asking for a new password', (database) => {
  const app = useApp(database, manyEmails)

  it('sends a link and says what to do where none comes', async () => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open('/login')
    expect(browser.page.html).toContain('href="/forgot-password"')
    await browser.open('/forgot-password')
    await browser.submit({ email: ` ${ada.email?.toUpperCase()} ` })
    expect(browser.page).toMatchObject({ status: 200, path: '/forgot-password/sent', heading: 'Check your email' })
    expect(textOf(browser.page.html)).toContain('has an account, we sent a link to it.')
    expect(browser.page.html).toContain('Check your spam folder')
    // To the address that is stored, however it was typed.
    const message = await emailTo(app(), ada.email ?? '', 'reset-password')
    expect(message.text).toContain(`/reset-password/${message.link?.token}`)
    expect(message.text).toContain('The link works once and expires in 1 hour.')
  })

  it('V6.3.8 answers the same and writes the same rows for an address that is known, unknown, disabled, closed or over its limit', async () => {
    const register = () => app().visitor().register()
    const [known, disabled, closed, limited] = await Promise.all([register(), register(), register(), register()])
    const { database, clock } = app().services
    const disabledAddress = parseAddress(disabled.email ?? '')
    if (disabledAddress) await setDisabled(database.db, disabledAddress, clock.now())
    const owner = app().visitor()
    await owner.logIn(closed)
    await owner.json('POST', '/api/v1/delete', { current_password: closed.password })
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: limited.email })
    const people = { known, unknown: someone(), disabled, closed }

    const answers = []
    for (const { email = '' } of [...Object.values(people), limited]) {
      const before = await rowsOf(app())
      const answer = await app().visitor().send('POST', '/api/v1/forgot-password', JSON.stringify({ email }), programs)
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'x-request-id'))
      answers.push({ status: answer.status, headers, body: await answer.text() })
      const written = difference(before, await rowsOf(app()))
      if (email !== limited.email) expect(written).toEqual({ tokens: 1, emails: 1, audit: 1, tries: 4 })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 202, body: '' })
    const sent = await Promise.all(
      [...Object.values(people), limited].map(async ({ email = '' }) => {
        const emails = await emailsTo(app(), email)
        return emails.filter(({ kind }) => kind === 'reset-password').length
      }),
    )
    expect(sent).toEqual([1, 0, 0, 0, 1])
  })

  it('V6.3.8 shows everyone the same page', async () => {
    const ada = await app().visitor().register()
    const page = async (email = '') => {
      const browser = app().visitor()
      await browser.open('/forgot-password')
      await browser.submit({ email })
      return browser.page.html.replaceAll(email, 'ADDRESS').replace(/name="form_token" value="[^"]+"/, '')
    }
    expect(await page(someone().email)).toBe(await page(ada.email))
  })

  it('asks for an address where there is none, and keeps what was typed', async () => {
    const browser = app().visitor()
    await browser.open('/forgot-password')
    await browser.submit({ email: ' ' })
    expect(browser.page.summary).toEqual(['Enter your email address'])
    await browser.submit({ email: 'ada@example' })
    expect(browser.page.summary).toEqual(['Enter an email address like name@example.org'])
    expect(browser.page.html).toContain('value="ada@example"')
    const answer = await browser.json('POST', '/api/v1/forgot-password', { email: ['a'] })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'email', code: 'not-text' }] } })
  })

  it('sends nothing to an address that the account has left meanwhile', async () => {
    const ada = await app().visitor().register()
    const { accounts, database, clock } = app().services
    const { findByAddress } = accounts
    const spy = vi.spyOn(accounts, 'findByAddress').mockImplementationOnce(async (store, address) => {
      const found = await findByAddress(store, address)
      const moved = parseAddress(`moved-${ada.email}`)
      if (found && moved) await accounts.setAddress(database.db, found.id, moved, clock.now())
      return found
    })
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    spy.mockRestore()
    await expect(emailTo(app(), ada.email ?? '', 'reset-password')).rejects.toThrow('no email')
    await expect(emailTo(app(), `moved-${ada.email}`, 'reset-password')).rejects.toThrow('no email')
  })

  it('says so where the site sends no emails', async () => {
    const silent = await makeApp(throwawayDatabase(), { mode: 'production' })
    const browser = silent.visitor()
    await browser.open('/forgot-password')
    expect(browser.page.heading).toBe('Email is not set up')
    const answer = await browser.json('POST', '/api/v1/forgot-password', { email: 'ada@example.org' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'email-not-set-up' } })
    await silent.close()
  })
})

const programs = { accept: 'application/json', 'content-type': 'application/json' }

async function rowsOf({ services }: TestApp): Promise<Record<string, number>> {
  const { db } = services.database
  const count = async (table: 'tokens' | 'emails' | 'audit') =>
    (await db.selectFrom(`gatelodge_${table}`).selectAll().execute()).length
  const tries = await db.selectFrom('gatelodge_attempts').select('tries').execute()
  return {
    tokens: await count('tokens'),
    emails: await count('emails'),
    audit: await count('audit'),
    tries: tries.reduce((sum, row) => sum + row.tries, 0),
  }
}

function difference(before: Record<string, number>, after: Record<string, number>) {
  return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]))
}

onEachDatabase('After asking for a new password', (database) => {
  const app = useApp(database, manyEmails)

  /** What one sees, but for the address. */
  const shown = ({ page }: Visitor, email: string) =>
    textOf(/<main.*<\/main>/s.exec(page.html)?.[0] ?? '').replaceAll(email, 'the address')

  async function ask(email: string) {
    const browser = app().visitor()
    await browser.open('/forgot-password')
    await browser.submit({ email })
    return browser
  }

  it('V6.3.8 the page names the address, and is the same for one that nobody has, each time it is sent again', async () => {
    const { email = '' } = await app().visitor().register()
    const unknown = someone().email ?? ''
    const pages = []
    for (const address of [email, unknown]) {
      const browser = await ask(address)
      const seen = [shown(browser, address)]
      expect(textOf(browser.page.html)).toContain(`If ${address} has an account`)
      for (const wait of [30, 31, 60, 60, 60]) {
        app().clock.pass(seconds(wait))
        await browser.submit({})
        seen.push(shown(browser, address))
      }
      pages.push(seen)
    }
    expect(pages[0]).toEqual(pages[1])
    expect((await emailsTo(app(), email)).filter(({ kind }) => kind === 'reset-password')).toHaveLength(5)
    expect(await emailsTo(app(), unknown)).toEqual([])
  })

  it('it says when the email can be sent again, and sends it then', async () => {
    const { email = '' } = await app().visitor().register()
    const browser = await ask(email)
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')
    app().clock.pass(seconds(20))
    await browser.submit({})
    expect(textOf(browser.page.html)).toContain('You can send it again in 40 seconds.')
    expect(browser.page.notice).toBeUndefined()
    app().clock.pass(seconds(40))
    expect((await browser.open('/forgot-password/sent')).html).not.toContain('You can send it again in')
    await browser.submit({})
    expect(browser.page.notice).toBe('You asked for the email again. It can take a few minutes to arrive.')
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')
    expect((await emailsTo(app(), email)).filter(({ kind }) => kind === 'reset-password')).toHaveLength(2)
  })

  it('another address can be used: the form comes back with the one that was typed, and where one was going', async () => {
    const browser = app().visitor()
    await browser.open('/forgot-password?return_to=%2Faccount%2Fdevices')
    await browser.submit({ email: 'ada@example.org' })
    expect(browser.page.html).toContain('<a class="aside-link" href="/forgot-password?return_to=%2Faccount%2Fdevices">')
    await browser.open('/forgot-password?return_to=%2Faccount%2Fdevices')
    expect(browser.page.html).toContain('value="ada@example.org"')
    await browser.submit({ email: 'grace@example.org' })
    expect(textOf(browser.page.html)).toContain('If grace@example.org has an account')
    expect(textOf(browser.page.html)).toContain('You can send it again in 1 minute.')
  })

  it('nobody who has not asked sees that page, and it costs no statement', async () => {
    expect((await app().visitor().open('/forgot-password/sent')).path).toBe('/forgot-password')
    const browser = await ask('ada@example.org')
    const execute = vi.spyOn(app().services.database.db, 'getExecutor')
    await browser.open('/forgot-password/sent')
    expect(execute).not.toHaveBeenCalled()
    execute.mockRestore()
  })
})
