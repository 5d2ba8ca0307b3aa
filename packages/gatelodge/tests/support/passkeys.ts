// A person with a passkey: made and used by HTTP, by a browser whose script we play.
import { Authenticator, type Lies } from './authenticator.ts'
import { linkTo } from './emails.ts'
import { accountOf } from './groups.ts'
import type { TestApp } from './make-app.ts'
import { verify } from './second-factor.ts'
import { type Fields, type Page, someone, textOf, type Visitor } from './visitor.ts'

export const originOf = ({ services }: TestApp) => services.settings.baseUrl

/** What the script of a page asks for. */
export async function optionsFor(browser: Visitor, action: string, token?: string): Promise<Record<string, unknown>> {
  const body = new URLSearchParams(token === undefined ? {} : { form_token: token })
  const answer = await browser.send('POST', `${action}/options`, body, { accept: 'application/json' })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${answer.status} for ${action}/options: ${text}`)
  return JSON.parse(text)
}

/** The token that the button of the page carries. */
export function tokenOn({ html }: Page): string | undefined {
  const button = /<div[^>]*data-passkey[^>]*>/.exec(html)?.[0] ?? ''
  return textOf(/data-token="([^"]*)"/.exec(button)?.[1] ?? '') || undefined
}

/** Sends what the script would, and follows where it leads. */
export async function sendAnswer(browser: Visitor, action: string, answer: object, more: Fields = {}): Promise<Page> {
  const sent = await browser.send('POST', action, new URLSearchParams({ ...more, answer: JSON.stringify(answer) }))
  if (sent.status !== 303) return browser.open(action)
  return browser.open(sent.headers.get('location') ?? '')
}

/** As the script of the page that it looks at does, with the form of that page. */
export async function answerWith(browser: Visitor, action: string, key: Authenticator, lies: Lies = {}): Promise<Page> {
  const options = await optionsFor(browser, action, tokenOn(browser.page))
  return browser.submit({ answer: JSON.stringify(key.use(options, lies)) }, action)
}

export async function addPasskey(browser: Visitor, key: Authenticator, lies: Lies = {}): Promise<Page> {
  await browser.open('/account/passkeys/add')
  const token = tokenOn(browser.page)
  const options = await optionsFor(browser, '/account/passkeys/add', token)
  return sendAnswer(browser, '/account/passkeys/add', key.make(options, lies), { ...(token && { form_token: token }) })
}

export async function logInWithPasskey(
  browser: Visitor,
  key: Authenticator,
  lies: Lies = {},
  more: Fields = {},
): Promise<Page> {
  const options = await optionsFor(browser, '/login/passkey')
  return sendAnswer(browser, '/login/passkey', key.use(options, lies), more)
}

export interface PasskeyOwner {
  browser: Visitor
  person: Fields
  key: Authenticator
}

/** With a verified address, and one passkey. */
export async function someoneWithPasskey(app: TestApp, is: Partial<Authenticator['is']> = {}): Promise<PasskeyOwner> {
  const browser = app.visitor()
  const person = await browser.register()
  await verify(app, person)
  const key = new Authenticator(originOf(app), is)
  await addPasskey(browser, key)
  if (browser.page.path !== '/account/passkeys/rename')
    throw new Error(`no passkey was added: ${browser.page.path} ${browser.page.notice}`)
  return { browser, person, key }
}

/** Asks for an account without a password, as the button of the script does. @returns what was typed. */
export async function askForPasskey(
  browser: Visitor,
  fields: Partial<Fields> = {},
  from = '/register',
): Promise<Fields> {
  const { password: _, ...person } = someone(fields)
  await browser.open(from)
  await browser.submit(person, '/register/passkey')
  if (browser.page.path !== '/register/sent')
    throw new Error(`no email was asked for: ${browser.page.path} ${browser.page.summary.join(', ')}`)
  return person
}

/** Makes the passkey on the page behind the link. */
export async function makePasskey(
  app: TestApp,
  browser: Visitor,
  is: Partial<Authenticator['is']> = {},
): Promise<Authenticator> {
  const key = new Authenticator(originOf(app), is)
  const token = tokenOn(browser.page) ?? ''
  const options = await optionsFor(browser, '/register/start', token)
  await sendAnswer(browser, '/register/start', key.make(options), { form_token: token })
  return key
}

/** The passkey is the only way in: so the account began. */
export async function someoneWithPasskeyAlone(
  app: TestApp,
  is: Partial<Authenticator['is']> = {},
): Promise<PasskeyOwner & { id: Buffer }> {
  const browser = app.visitor()
  const person = await askForPasskey(browser)
  await browser.open(await linkTo(app, person.email ?? '', 'start-account'))
  const key = await makePasskey(app, browser, is)
  const { id } = await accountOf(app, person)
  return { browser, person, key, id }
}
