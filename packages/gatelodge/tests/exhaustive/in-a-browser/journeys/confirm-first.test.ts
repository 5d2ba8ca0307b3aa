// Registration where an email comes first: what the page says is the same for every address.
import { expect, it } from 'vitest'
import { minutes } from '../../../../src/time.ts'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { logIn, newPerson, press, register, type, view } from '../../../support/steps.ts'

const clock = movedClock(Date.now())
const site = useSite(undefined, { registration: 'confirm-first', emailsPerClient: 10_000 }, { clock })

inBothWays(site, (meet) => {
  it('the link in the email starts the account in the browser in which someone registered', async () => {
    const page = await meet()
    const ada = newPerson()
    await register(page, ada)
    expect(await view(page)).toMatchObject({
      path: '/register/sent',
      heading: 'Check your email',
    })
    await logIn(page, ada)
    expect((await view(page)).summary).toEqual(['Email or password is not right. Check them and try again.'])
    await page.goto(await linkInEmail(page, ada.email, subjects.start))
    expect(await view(page)).toMatchObject({ path: '/register/start', heading: 'Finish creating your account' })
    await press(page, 'Create account')
    const welcome = 'Your account is ready.'
    expect(await view(page)).toMatchObject({ path: '/account', notice: welcome })
    expect(await page.locator('.facts').first().innerText()).toMatch(/Verified/)
  })

  it('in any other browser it asks for the password, and works once', async () => {
    const [here, phone] = [await meet(), await meet()]
    const ada = newPerson()
    await register(here, ada)
    const link = await linkInEmail(here, ada.email, subjects.start)
    await phone.goto(link)
    await press(phone, 'Create account')
    expect((await view(phone)).summary).toEqual(['Enter your password'])
    await type(phone, { Password: ada.password })
    await press(phone, 'Create account')
    expect((await view(phone)).path).toBe('/account')
    await here.goto(link)
    expect((await view(here)).heading).toBe('This link no longer works')
  })

  it('with an address that has an account the pages are the same, and the email says so to its owner', async () => {
    const [owner, stranger] = [await meet(), await meet()]
    const ada = newPerson()
    await register(owner, ada)
    const first = await owner.locator('body').innerText()
    await owner.goto(await linkInEmail(owner, ada.email, subjects.start))
    await press(owner, 'Create account')

    clock.pass(minutes(1))
    await register(stranger, { ...ada, name: 'Someone Else' })
    expect((await view(stranger)).path).toBe('/register/sent')
    expect(await stranger.locator('body').innerText()).toBe(first)
    await stranger.goto(await linkInEmail(stranger, ada.email, subjects.known))
    await logIn(stranger, ada)
    expect(await view(stranger)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
  })
})
