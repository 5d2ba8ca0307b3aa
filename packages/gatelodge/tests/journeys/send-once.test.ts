// Impatient clicks. The clock of the page is held, so that no busy machine decides what "within a second" means.
import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { arrive, newPerson, type, view } from '../support/steps.ts'

const site = useSite()
const meet = useBrowser(site)

async function openWithHeldClock(page: Page, path: string): Promise<void> {
  await page.clock.install()
  await page.goto(path)
  await page.clock.pauseAt(Date.now() + 60_000)
}

it('a second click on a slow site registers once', async () => {
  const ada = newPerson()
  const page = await meet()
  await openWithHeldClock(page, '/register')
  const posts = await holdPosts(page)
  await type(page, { 'Your name': ada.name, 'Email address': ada.email, Password: ada.password })
  const button = page.getByRole('button', { name: 'Create account' })
  const { x, y } = (await button.boundingBox()) ?? { x: 0, y: 0 }
  await page.mouse.click(x + 9, y + 9)
  await expect.poll(() => posts.waiting.length).toBe(1)
  await page.mouse.click(x + 9, y + 9)
  await arrive(page, async () => posts.release())
  expect(await view(page)).toMatchObject({ path: '/account', heading: `Hello, ${ada.name}` })
  expect(posts.waiting).toHaveLength(1)
})

/** Keeps what is posted on its way, until it is released. */
async function holdPosts(page: Page) {
  const waiting: Route[] = []
  await page.route('**', async (route) => {
    if (route.request().method() === 'POST') waiting.push(route)
    else await route.continue()
  })
  return { waiting, release: () => Promise.all(waiting.map((route) => route.continue())) }
}

it('a click after a second is a new try', async () => {
  const page = await meet()
  await openWithHeldClock(page, '/login')
  const sent = () => page.evaluate('sent')
  // Counts what would be sent, and stays on the page.
  await page.evaluate(
    "sent = 0; addEventListener('submit', (event) => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault() })",
  )
  const button = page.locator('main button[type=submit]')
  await button.dblclick()
  await page.clock.runFor(299)
  expect(await button.textContent()).toBe('Log in')
  await page.clock.runFor(1)
  expect([await button.textContent(), await button.getAttribute('aria-busy')]).toEqual(['Logging in…', 'true'])
  await page.clock.runFor(699)
  await button.click()
  expect(await sent()).toBe(1)
  await page.clock.runFor(1)
  await button.click()
  expect(await sent()).toBe(2)
})
