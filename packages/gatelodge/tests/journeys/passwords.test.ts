// Password fields: masked, friendly to password managers, and better with a script.
import { expect, it } from 'vitest'
import { useBrowser, withAndWithoutScripts } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { registered, type } from '../support/steps.ts'

const site = useSite()

withAndWithoutScripts(site, (meet) => {
  it('V6.2.6 V6.2.7 each password is masked and each field says to password managers what it holds', async () => {
    const page = await meet()
    const fields = async (path: string) => {
      await page.goto(path)
      const inputs = await page.locator('main input[autocomplete]').all()
      const told = inputs.map(async (one) => [await one.getAttribute('autocomplete'), await one.getAttribute('type')])
      return Promise.all(told)
    }
    const [login, register] = [await fields('/login'), await fields('/register')]
    const current = ['current-password', 'password']
    const chosen = ['new-password', 'password']
    expect(login).toEqual([['username webauthn', 'email'], current])
    expect(register).toEqual([['name', 'text'], ['email', 'email'], chosen])
    await registered(page)
    expect(await fields('/account/password')).toEqual([['username', 'text'], current, chosen])
  })

  it('V6.2.7 a password can be pasted, and arrives whole', async () => {
    const page = await meet()
    const ada = await registered(page)
    await page.context().clearCookies()
    await page.goto('/login')
    const email = page.getByLabel('Email address')
    await email.fill(ada.password)
    await email.press('ControlOrMeta+A')
    await email.press('ControlOrMeta+X')
    await page.getByLabel('Password', { exact: true }).press('ControlOrMeta+V')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(ada.password)
  })
})

const meet = useBrowser(site)

it('V6.2.6 a button shows the password, says so, and hides it again', async () => {
  const page = await meet()
  await page.goto('/login')
  await type(page, { Password: 'violet tram lamp' })
  const field = page.getByLabel('Password', { exact: true })
  const live = page.locator('[aria-live=polite]')
  const button = page.locator('button[aria-controls=password]')
  expect(await button.innerText()).toBe('Show')
  await button.click()
  expect(await field.getAttribute('type')).toBe('text')
  expect([await button.innerText(), await live.innerText()]).toEqual(['Hide', 'Your password is visible'])
  await button.click()
  expect(await field.getAttribute('type')).toBe('password')
  expect([await button.innerText(), await live.innerText()]).toEqual(['Show', 'Your password is hidden'])
})

it('V6.2.6 a password that is shown is masked again before it is sent', async () => {
  const page = await meet()
  await page.goto('/login')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
  await page.getByLabel('Password', { exact: true }).press('Enter')
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('password')
})

it('V6.2.6 a page that the browser brings back masks its password again', async () => {
  const page = await meet()
  await page.goto('/login')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('password')
})

it('a new password that is too short or easy to guess is advised against while one types, and none is praised', async () => {
  const page = await meet()
  await page.clock.install()
  await page.goto('/register')
  const field = page.getByLabel('Password', { exact: true })
  const advice = page.locator('.advice')
  expect(await advice.getAttribute('aria-live')).toBe('polite')
  const afterTyping = async (text: string) => {
    await field.fill(text)
    await page.clock.runFor(1_000)
    return advice.innerText()
  }
  const [short, common] = [
    'Still too short: at least 8 characters.',
    'Easy to guess: many people use it. Choose another.',
  ]
  expect(await afterTyping('violet')).toBe(short)
  await field.fill('violet tram lamp')
  expect(await advice.innerText()).toBe('')
  expect(await afterTyping('violet tram lamp')).toBe('')
  for (const guessed of ['Password123', 'qwertyuiop', 'aaaaaaaaaaaa', '12345678'])
    expect(await afterTyping(guessed)).toBe(common)
  expect(await afterTyping('')).toBe('')
  // While someone is typing nothing is said.
  await field.pressSequentially('vio')
  expect(await advice.innerText()).toBe('')
})

it('where no new password is chosen, nothing of it is loaded', async () => {
  const page = await meet()
  await page.goto('/login')
  expect(await page.locator('script[src*=password-advice]').count()).toBe(0)
})
