import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, emailTo } from '../../../tests/support/emails.ts'
import { makeApp, type TestApp, throwawayDatabase, useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'

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
    expect(browser.page).toMatchObject({ status: 200, path: '/forgot-password' })
    expect(browser.page.notice).toContain('has an account, we sent a link to it.')
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
