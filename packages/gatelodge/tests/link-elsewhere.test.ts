// Pages behind the links of emails, opened without the link: in another browser, too late, or where no cookies are kept.
import { expect, it } from 'vitest'
import { minutes } from '../src/time.ts'
import { onEachDatabase } from './support/databases.ts'
import { linkTo } from './support/emails.ts'
import { useApp } from './support/make-app.ts'

const title = 'Open the link in the email'
const pages = [
  '/reset-password',
  '/verify-email/confirm',
  '/register/start',
  '/confirm-email',
  '/undo-email-change',
  '/restore-account',
]

onEachDatabase('A page behind a link', (database) => {
  const app = useApp(database)

  it.each(pages)('%s says in a browser that has not opened the link what to do', async (path) => {
    const { status, heading, html } = await app().visitor().open(path)
    expect([status, heading]).toEqual([410, title])
    expect(html).toContain('Open the link in the email again, in this browser.')
    expect(html).toContain('blocks cookies')
    expect(html).not.toContain('It was used before')
  })

  it.each(pages)(
    '%s distinguishes an invalid link from one that was not opened here, also when the page is loaded again',
    async (path) => {
      const link = path.replace('/confirm', '')
      const opened = path === '/confirm-email' ? path : link
      const browser = app().visitor()
      for (let time = 0; time < 2; time += 1) {
        const page = time === 0 ? await browser.open(`${opened}/${'A'.repeat(43)}`) : await browser.open(path)
        expect([page.status, page.path, page.heading]).toEqual([410, path, 'This link no longer works'])
      }
    },
  )

  it('works where the link is opened again, after a browser without it', async () => {
    const ada = await app().visitor().register()
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    const link = await linkTo(app(), ada.email ?? '', 'reset-password')
    const [first, second] = [app().visitor(), app().visitor()]
    await first.open(link)
    expect((await second.open('/reset-password')).heading).toBe(title)
    await second.open(link)
    expect((await second.submit({ new_password: 'amber ferry clock' })).notice).toContain('Your password was reset.')
  })

  it('says so where cookies are off: on opening the link, and on sending the form', async () => {
    const ada = await app().visitor().register()
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    const link = await linkTo(app(), ada.email ?? '', 'reset-password')
    const browser = app().visitor()
    const first = await browser.send('GET', link)
    browser.cookies.clear()
    expect((await browser.open(first.headers.get('location') ?? '')).heading).toBe(title)

    await browser.open(link)
    browser.cookies.clear()
    const page = await browser.submit({ new_password: 'amber ferry clock' })
    expect([page.status, page.heading]).toEqual([410, title])
  })

  it('says so when its form was open for more than an hour', async () => {
    const ada = await app().visitor().register()
    await app().visitor().json('POST', '/api/v1/forgot-password', { email: ada.email })
    const browser = app().visitor()
    await browser.open(await linkTo(app(), ada.email ?? '', 'reset-password'))
    app().clock.pass(minutes(61))
    const page = await browser.submit({ new_password: 'amber ferry clock' })
    expect([page.status, page.heading]).toEqual([410, title])
  })
})
