// What a person does in a browser, step by step, and what they see then. The same steps with scripts and without.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { someone } from './visitor.ts'

export type Person = { name: string; email: string; password: string }

/** Someone nobody has met before. */
export function newPerson(known: Partial<Person> = {}): Person {
  return someone(known) as Person
}

/** Types into fields by their labels, as a person finds them. */
export async function type(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
}

/** Presses a button and waits for the page that comes. */
export async function press(page: Page, name: string): Promise<void> {
  await arrive(page, () => page.getByRole('button', { name, exact: true }).click())
}

/** Follows a link and waits for the page that comes. */
export async function follow(page: Page, name: string): Promise<void> {
  await arrive(page, () => page.getByRole('link', { name, exact: true }).click())
}

/** Does what leads to another page, and waits until that is there. */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  const there = page.waitForEvent('load')
  await Promise.all([there, act()])
}

export async function register(page: Page, { name, email, password }: Person): Promise<void> {
  await page.goto('/register')
  await type(page, { 'Your name': name, 'Email address': email, Password: password })
  await press(page, 'Create account')
}

export async function logIn(page: Page, { email, password }: Omit<Person, 'name'>): Promise<void> {
  await page.goto('/login')
  await type(page, { 'Email address': email, Password: password })
  await press(page, 'Log in')
}

/** A new person's browser, logged in at the account page. Most stories begin here, so what is typed elsewhere is sent at once. */
export async function registered(page: Page, known: Partial<Person> = {}): Promise<Person> {
  const person = await registeredUnseen(page, known)
  await page.goto('/account')
  return person
}

/** The same, before any page was opened. */
export async function registeredUnseen(page: Page, known: Partial<Person> = {}): Promise<Person> {
  const person = newPerson(known)
  const answer = await page.request.post('/api/v1/register', { data: person })
  if (answer.status() !== 201) throw new Error(`registering was answered ${answer.status()}: ${await answer.text()}`)
  return person
}

/** In another browser, at the same site. */
export async function elsewhere(
  page: Page,
  act: (other: Page) => Promise<unknown>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const baseURL = new URL(page.url()).origin
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL, ...options })
  if (!context) throw new Error('this browser has one profile and no other')
  try {
    await act(await context.newPage())
  } finally {
    await context.close()
  }
}

export async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.goto('/account/password')
  await type(page, { 'Current password': current, 'New password': next })
  await press(page, 'Save new password')
}

export interface View {
  path: string
  title: string
  heading: string
  /** The notice on top, if there is one. */
  notice: string | undefined
  /** The messages of the summary. */
  summary: string[]
  /** The messages at the fields, by field. */
  atFields: Record<string, string>
}

/** What the page says to anyone who looks at it. */
export async function view(page: Page): Promise<View> {
  const { pathname } = new URL(page.url())
  const [title, heading, notices, summary, errors] = await Promise.all([
    page.title(),
    page.locator('h1').innerText(),
    page.locator('.flash[role=alert]').allInnerTexts(),
    page.locator('.summary[role=alert] li').allInnerTexts(),
    page.locator('.error').all(),
  ])
  const atFields: Record<string, string> = {}
  for (const error of errors) {
    const id = await error.getAttribute('id')
    const [message = ''] = (await error.innerText()).replace('Error:', '').trim().split('\n')
    atFields[id?.replace('-error', '') ?? ''] = message
  }
  return { path: pathname, title, heading, notice: notices[0], summary, atFields }
}
