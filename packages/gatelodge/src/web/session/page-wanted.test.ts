// The page that someone wanted, when the way to it leads over the log-in page.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { linkTo } from '../../../tests/support/emails.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { useUpstreamSite } from '../../../tests/support/upstream-site.ts'
import { someone } from '../../../tests/support/visitor.ts'
import { hours } from '../../time.ts'

const arrived = (answer: Response) => [answer.status, answer.headers.get('location')]
const kept = 'Nothing was saved. Log in, and what you typed will be there.'
const notSaved = 'What you just sent was not saved.'
const notArrived = 'What you just sent did not arrive.'

onEachDatabase('The page that was wanted', (database) => {
  const app = useApp(database)

  it.each([
    [
      '2 KB with query and fragment',
      `/account/password?q=${'é'.repeat(320)}#part`,
      (given: string) => encodeURI(given),
    ],
    ['2 KB of query', `/account/password?q=${'a&b=/'.repeat(400)}`, (given: string) => given],
    ['3 KB, without its query', `/account/password?q=${'a'.repeat(3_000)}`, () => '/account/password'],
  ])('survives a wrong password: %s', async (_, given, expected) => {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open(`/login?return_to=${encodeURIComponent(given)}`)
    await browser.submit({ email: ada.email ?? '', password: 'wrong tram lamp' })
    expect(arrived(await browser.submitOnly(ada))).toEqual([303, expected(given)])
  })

  it('survives a reset by email with 2 KB of query, in a cookie that browsers keep', async () => {
    const wanted = `/account/password?q=${'a'.repeat(2_000)}#part`
    const email = someone().email?.replace('@', `@${'long.'.repeat(30)}`) ?? ''
    const browser = app().visitor()
    const ada = await browser.register({ email, name: 'Ä'.repeat(90) })
    await browser.logOut()
    await browser.open(`/forgot-password?return_to=${encodeURIComponent(wanted)}`)
    await browser.submit({ email })
    await browser.open(await linkTo(app(), email, 'reset-password'))
    await browser.submit({ new_password: 'amber ferry clock' })
    expect(arrived(await browser.submitOnly({ ...ada, password: 'amber ferry clock' }))).toEqual([303, wanted])
  })

  it('V3.3.5 is what goes first where the visitor cookie would grow too long', async () => {
    const browser = app().visitor()
    await browser.open(`/forgot-password?return_to=/account?q=${'r'.repeat(2_000)}`)
    await browser.submitOnly({ email: 'nobody@example.org' })
    await browser.open('/register')
    const answer = await browser.submitOnly({ name: '漢'.repeat(600), email: '"\\'.repeat(600), password: 'x' })
    for (const line of answer.headers.getSetCookie()) expect(Buffer.byteLength(line)).toBeLessThan(4_096)
    await browser.open('/register')
    expect(browser.page.summary.length).toBeGreaterThan(0)
  })

  it.each([
    ['ended meanwhile', 'You were logged out because', kept, (pass: () => void) => pass()],
    ['is not there any more', 'Log in to see that page.', notSaved, () => {}],
  ])(
    'is kept with its query when a form comes after the session %s; nothing was saved, and the page says so',
    async (...row) => {
      const [, notice, saysMore, end] = row
      const browser = app().visitor()
      await browser.register()
      await browser.open('/account/profile?from=mail')
      end(() => app().clock.pass(hours(13)))
      if (notice.startsWith('Log in')) browser.cookies.delete('gatelodge')
      const answer = await browser.submitOnly({ name: 'Grace' }, '/account/profile?from=mail')
      expect(arrived(answer)).toEqual([303, '/login?return_to=%2Faccount%2Fprofile%3Ffrom%3Dmail'])
      await browser.open(answer.headers.get('location') ?? '')
      expect(browser.page.notice).toContain(notice)
      expect(browser.page.html).toContain(saysMore)
    },
  )

  it('says nothing of the kind to those who only opened a page', async () => {
    const { html } = await app().visitor().open('/account/profile')
    expect(html).not.toContain(notSaved)
    expect(html).not.toContain(notArrived)
  })

  it('is kept behind a proxy that asks us, after a POST too, and the page says that it did not arrive', async () => {
    const browser = app().visitor()
    const headers = {
      accept: 'text/html',
      'x-forwarded-method': 'POST',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'localhost:3000',
      'x-forwarded-uri': '/notes?page=2',
    }
    const answer = await browser.send('GET', '/forward-auth', undefined, headers)
    const login = new URL(answer.headers.get('location') ?? '')
    expect(login.searchParams.get('return_to')).toBe('/notes?page=2')
    expect((await browser.open(login.pathname + login.search)).html).toContain(notArrived)
  })
})

onEachDatabase('The page of an app behind', (database) => {
  const site = useUpstreamSite(database, (_, reply) => reply.end('the app'), { public: ['/'] })

  it('is kept with its query after a POST without a session, and what was sent did not arrive', async () => {
    const visitor = site().visitor()
    const body = new URLSearchParams({ text: 'hello' })
    const answer = await visitor.send('POST', '/notes?day=2', body, {
      accept: 'text/html',
      'sec-fetch-dest': 'document',
    })
    expect(arrived(answer)).toEqual([303, '/login?return_to=%2Fnotes%3Fday%3D2&cookies=1'])
    expect((await visitor.open('/login?return_to=%2Fnotes%3Fday%3D2')).html).toContain(notArrived)
  })
})
