// Links that set no password any more: one page and one message for all of them.
import { expect, it, vi } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { setDisabled } from '../../../tests/support/disable.ts'
import { emailsTo, linkTo } from '../../../tests/support/emails.ts'
import { type TestApp, useApp } from '../../../tests/support/make-app.ts'
import type { Fields, Visitor } from '../../../tests/support/visitor.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { minutes, seconds } from '../../time.ts'

const manyEmails = { emailsPerClient: 100_000, emailsPerAddressHour: 100, emailsPerAddressDay: 100 }
const newPassword = 'amber ferry clock'

interface Situation {
  app: TestApp
  person: Fields
  /** Logged in. */
  owner: Visitor
  link: string
}

async function askForLink(app: TestApp, email = ''): Promise<string> {
  app.clock.pass(minutes(1))
  await app.visitor().json('POST', '/api/v1/forgot-password', { email })
  return linkTo(app, email, 'reset-password')
}

async function situation(app: TestApp): Promise<Situation> {
  const owner = app.visitor()
  const person = await owner.register()
  return { app, person, owner, link: await askForLink(app, person.email) }
}

async function reset(app: TestApp, link: string): Promise<number> {
  const program = app.visitor()
  await program.send('GET', link)
  return (await program.form('/reset-password', { new_password: newPassword })).status
}

/** What makes a link invalid. @returns the link that is opened then. */
const deaths: Record<string, (situation: Situation) => Promise<string | undefined>> = {
  'that was used': async ({ app, link }) => {
    expect(await reset(app, link)).toBe(200)
    return link
  },
  'that is an hour old': async ({ app, link }) => {
    app.clock.pass(minutes(60))
    return link
  },
  'that a newer one has replaced': async ({ app, person, link }) => {
    await askForLink(app, person.email)
    return link
  },
  'that did not arrive whole': async ({ link }) => link.slice(0, -1),
  'that someone made up': async () => `/reset-password/${'A'.repeat(43)}`,
  'that is no token at all': async () => `/reset-password/${encodeURIComponent('\u0000"<🙂'.repeat(300))}`,
  'for confirming an address': async ({ app, person }) => {
    const link = await linkTo(app, person.email ?? '', 'verify-email')
    return link.replace('/verify-email', '/reset-password')
  },
  'from before the password was changed': async ({ owner, person, link }) => {
    const change = { current_password: person.password, new_password: 'quiet amber windmill' }
    expect((await owner.json('POST', '/api/v1/password', change)).status).toBe(200)
    return link
  },
  'from before the address was changed': async ({ app, owner, person, link }) => {
    await owner.form('/account/email', { new_email: `new-${person.email}` })
    await owner.send('GET', await linkTo(app, `new-${person.email}`, 'confirm-email'))
    expect((await owner.form('/confirm-email')).status).toBe(200)
    return link
  },
  'of an account that its owner has closed': async ({ owner, person, link }) => {
    const closed = await owner.json('POST', '/api/v1/delete', { current_password: person.password })
    expect(closed.status).toBe(204)
    return link
  },
  'of an account that the operator has disabled': async ({ app, person, link }) => {
    const { database, clock } = app.services
    const address = parseAddress(person.email ?? '')
    if (address) await setDisabled(database.db, address, clock.now())
    return link
  },
}

onEachDatabase('A reset link', (database) => {
  const app = useApp(database, manyEmails)

  it.each(Object.entries(deaths))('V9.2.2 %s sets nothing, and its page helps to ask again', async (_, dies) => {
    const made = await situation(app())
    const link = (await dies(made)) ?? ''
    const browser = app().visitor()
    await browser.open(link)
    expect(browser.page).toMatchObject({ path: '/reset-password', status: 410 })
    expect(browser.page.heading).toBe('This link no longer works')
    expect(browser.page.html).toContain('<form method="post" action="/forgot-password"')
    expect(await reset(app(), link)).toBe(410)

    const others = (await emailsTo(app(), made.person.email ?? '')).length
    app().clock.pass(minutes(1))
    await browser.submit({ email: made.person.email ?? '' })
    expect(browser.page).toMatchObject({ status: 200, path: '/forgot-password/sent' })
    expect(browser.page.html).toContain('we sent a link to it')
    const isOpen = !/closed|disabled|address was changed/.test(dies.name)
    expect(await emailsTo(app(), made.person.email ?? '')).toHaveLength(isOpen ? others + 1 : others)
  })

  it('shows the same page for all of them', async () => {
    const pages = new Set<string>()
    for (const dies of Object.values(deaths)) {
      const browser = app().visitor()
      await browser.open((await dies(await situation(app()))) ?? '')
      pages.add(browser.page.html.replace(/name="form_token" value="[^"]+"/, ''))
    }
    expect(pages.size).toBe(1)
  })

  it('helps someone who is logged in to ask again, too', async () => {
    const { owner, person, link } = await situation(app())
    app().clock.pass(minutes(60))
    await owner.open(link)
    await owner.submit({ email: person.email ?? '' })
    expect(owner.page).toMatchObject({ path: '/forgot-password/sent', heading: 'Check your email' })
    expect(await linkTo(app(), person.email ?? '', 'reset-password')).not.toBe(link)
  })

  it('works until its hour is over', async () => {
    const { link } = await situation(app())
    app().clock.pass(minutes(60) - seconds(1))
    expect(await reset(app(), link)).toBe(200)
  })

  it('dies while its form is open', async () => {
    const { person, link } = await situation(app())
    const browser = app().visitor()
    await browser.open(link)
    const newest = await askForLink(app(), person.email)
    await browser.submit({ new_password: newPassword })
    expect(browser.page).toMatchObject({ status: 410, path: '/reset-password' })
    expect(browser.page.html).not.toContain(newPassword)
    expect(await reset(app(), newest)).toBe(200)
  })

  it('is worth no hash once it is dead', async () => {
    const { link } = await situation(app())
    expect(await reset(app(), link)).toBe(200)
    const hash = vi.spyOn(app().services.hashing, 'hash')
    expect(await reset(app(), link)).toBe(410)
    expect(hash).not.toHaveBeenCalled()
    hash.mockRestore()
  })

  it('V3.3.5 sets a cookie that browsers keep, however long the link is', async () => {
    const browser = app().visitor()
    await browser.open('/forgot-password')
    await browser.submit({ email: `"\\${'🙂'.repeat(1_000)}` })
    await browser.open(`/reset-password/${encodeURIComponent('\u0001'.repeat(500))}`)
    expect(browser.page.status).toBe(410)
    const cookie = browser.cookies.get('gatelodge-visitor') ?? ''
    expect(cookie).not.toBe('')
    expect(cookie.length).toBeLessThan(3_900)
  })
})
