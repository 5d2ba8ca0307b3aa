// Detours on the way in, without scripts: the address that was typed, "Keep me logged in" and the page that was wanted come
// along on each of them.
import { expect, it } from 'vitest'
import { days, hours, minutes } from '../src/time.ts'
import { onEachDatabase } from './support/databases.ts'
import { linkTo } from './support/emails.ts'
import { type TestApp, useApp } from './support/make-app.ts'
import { type Fields, someone, textOf, type Visitor } from './support/visitor.ts'

const wanted = '/account/password?from=mail#part'
const wrong = 'wrong tram lamp'
const next = 'amber ferry clock'

interface Walk {
  app: TestApp
  browser: Visitor
  ada: Fields
}

/** What the form of the page holds. */
function held({ page }: Visitor) {
  const form = page.html.slice(page.html.lastIndexOf('<form'))
  const value = (name: string) =>
    textOf(new RegExp(`<input[^>]* name="${name}"[^>]*? value="([^"]*)"`).exec(form)?.[1] ?? '')
  const remember = /<input[^>]* name="remember"[^>]*>/.exec(form)?.[0]
  return { email: value('email'), returnTo: value('return_to'), remember: remember && / checked/.test(remember) }
}

/** Follows a link of the page by its words. */
async function follow(browser: Visitor, words: string): Promise<void> {
  const links = [...browser.page.html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g)]
  const link = links.find(([, , text]) => textOf(text ?? '').trim() === words)?.[1]
  if (!link) throw new Error(`no link "${words}" at ${browser.page.path}`)
  await browser.open(textOf(link))
}

const typeWrong = ({ browser, ada }: Walk) =>
  browser.submit({ email: ada.email ?? '', password: wrong, remember: 'yes' })

/** Each begins at the log-in page for what was wanted, and ends at a log-in page. */
const detours: Record<string, (walk: Walk) => Promise<unknown>> = {
  'a wrong password': typeWrong,
  'an empty password': ({ browser, ada }) => browser.submit({ email: ada.email ?? '', password: '', remember: 'yes' }),
  'a wrong password, and the page opened once more': async (walk) => {
    await typeWrong(walk)
    await follow(walk.browser, 'Log in')
  },
  '"Forgot your password?" and back': async (walk) => {
    await typeWrong(walk)
    await follow(walk.browser, 'Forgot your password?')
    expect(held(walk.browser)).toMatchObject({ email: walk.ada.email, returnTo: wanted })
    await follow(walk.browser, 'Back to login')
  },
  'a slip at "Forgot your password?"': async (walk) => {
    const { browser, ada } = walk
    await typeWrong(walk)
    await follow(browser, 'Forgot your password?')
    await browser.submit({ email: 'ada@' })
    await browser.submit({ email: ada.email ?? '' })
    await follow(browser, 'Back to login')
  },
  'a new password by email': async (walk) => {
    const { app, browser, ada } = walk
    await typeWrong(walk)
    await follow(browser, 'Forgot your password?')
    await browser.submit({ email: held(browser).email })
    await browser.open(await linkTo(app, ada.email ?? '', 'reset-password'))
    await browser.submit({ new_password: next })
    ada.password = next
    expect(browser.page.notice).toBe('Your password was reset. Log in with the new one.')
  },
  'registration and back': async (walk) => {
    await typeWrong(walk)
    await follow(walk.browser, 'Register')
    expect(held(walk.browser)).toMatchObject({ email: walk.ada.email, returnTo: wanted })
    await follow(walk.browser, 'Log in')
  },
  '"Log in with this address instead"': async (walk) => {
    const { browser, ada } = walk
    await browser.submit({ email: '', password: wrong, remember: 'yes' })
    await follow(browser, 'Register')
    await browser.submit({ ...ada, password: next })
    expect(browser.page.path).toBe('/register')
    await follow(browser, 'Log in with this address instead')
  },
  'waiting after too many tries': async (walk) => {
    const { app, browser } = walk
    for (let time = 0; time < 6; time += 1) await typeWrong(walk)
    expect(browser.page.status).toBe(429)
    app.clock.pass(minutes(15))
  },
  'waiting, and "Forgot your password?" meanwhile': async (walk) => {
    const { app, browser, ada } = walk
    for (let time = 0; time < 6; time += 1) await typeWrong(walk)
    await follow(browser, 'Forgot your password?')
    expect(held(browser)).toMatchObject({ email: ada.email, returnTo: wanted })
    await follow(browser, 'Back to login')
    app.clock.pass(minutes(15))
  },
  'a page that was left open': async (walk) => {
    walk.app.clock.pass(minutes(61))
    await typeWrong(walk)
  },
  'a page that was left open, and "Forgot your password?" from there': async (walk) => {
    walk.app.clock.pass(minutes(61))
    await typeWrong(walk)
    await follow(walk.browser, 'Forgot your password?')
    expect(held(walk.browser)).toMatchObject({ email: walk.ada.email, returnTo: wanted })
    await follow(walk.browser, 'Back to login')
  },
  'cookies that were cleared': async (walk) => {
    walk.browser.cookies.clear()
    await typeWrong(walk)
  },
}

onEachDatabase('On a detour', (database) => {
  const app = useApp(database, { emailsPerAddressHour: 1_000 })

  async function begin(): Promise<Walk> {
    const ada = await app().visitor().register()
    const browser = app().visitor()
    await browser.open(`/login?return_to=${encodeURIComponent(wanted)}`)
    return { app: app(), browser, ada }
  }

  it.each(Object.entries(detours))('over %s nothing is lost on the way in', async (_, walk) => {
    const walked = await begin()
    await walk(walked)
    const { browser, ada } = walked
    expect(browser.page.path).toBe('/login')
    expect(held(browser)).toEqual({ email: ada.email, returnTo: wanted, remember: true })
    const answer = await browser.submitOnly({
      email: held(browser).email,
      password: ada.password ?? '',
      remember: 'yes',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, wanted])
    const session = answer.headers.getSetCookie().find((line) => line.startsWith('gatelodge='))
    expect(session).toContain(`Max-Age=${days(90) / 1000}`)
  })

  it('over registration a new person stays logged in as they had asked', async () => {
    const { browser } = await begin()
    const grace = someone({ name: 'Grace' })
    await browser.submit({ email: grace.email ?? '', password: wrong, remember: 'yes' })
    await follow(browser, 'Register')
    const answer = await browser.submitOnly({ ...grace, email: held(browser).email })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, wanted])
    app().clock.pass(hours(13))
    expect((await browser.open('/account')).path).toBe('/account')
  })

  it('a box that was unticked stays unticked', async () => {
    const walked = await begin()
    await typeWrong(walked)
    const { browser, ada } = walked
    const email = ada.email ?? ''
    await browser.submit({ email, password: wrong })
    expect(held(browser).remember).toBe(false)
    await follow(browser, 'Forgot your password?')
    await follow(browser, 'Back to login')
    expect(held(browser)).toEqual({ email, returnTo: wanted, remember: false })
  })

  it('nothing of it is left for the next person once someone has logged in and out', async () => {
    const walked = await begin()
    await typeWrong(walked)
    const { browser, ada } = walked
    await browser.submit(ada)
    await browser.logOut()
    expect(held(browser)).toEqual({ email: '', returnTo: '', remember: false })
  })

  it('no password goes along', async () => {
    const walked = await begin()
    await typeWrong(walked)
    for (const path of ['/login', '/forgot-password', '/register'])
      expect((await walked.browser.open(path)).html).not.toContain(wrong)
  })
})

onEachDatabase('On the way in with an address that must be confirmed', (database) => {
  const app = useApp(database, { requireVerifiedEmail: true })

  it('nothing is lost either', async () => {
    const browser = app().visitor()
    const ada = someone()
    await browser.open(`/login?return_to=${encodeURIComponent(wanted)}`)
    await browser.submit({ email: ada.email ?? '', password: wrong, remember: 'yes' })
    await follow(browser, 'Register')
    await browser.submit(ada)
    expect(browser.page.path).toBe('/verify-email')
    await browser.open(await linkTo(app(), ada.email ?? '', 'verify-email'))
    const answer = await browser.submitOnly({ password: ada.password ?? '' })
    const to = answer.headers.get('location')
    if (to === wanted) return expect(answer.headers.getSetCookie().join()).toContain(`Max-Age=${days(90) / 1000}`)
    await browser.open(to ?? '')
    expect(held(browser)).toEqual({ email: ada.email, returnTo: wanted, remember: true })
  })
})
