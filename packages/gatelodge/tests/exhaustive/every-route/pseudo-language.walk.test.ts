// Nothing that people read is hard-coded: in a language made for this test, pages, answers and emails show its words only.
import { describe, expect, it } from 'vitest'
import { createApp, declared } from '../../../src/app.ts'
import type { EmailContent } from '../../../src/email/queue.ts'
import { renderEmail } from '../../../src/email/render.tsx'
import type { EmailKind } from '../../../src/email/template.ts'
import { english } from '../../../src/text/catalogue.ts'
import { hours } from '../../../src/time.ts'
import { mailboxLink } from '../../support/data-folder.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../../support/make-app.ts'
import { hardCoded, pseudo, pseudoText } from '../../support/pseudo-language.ts'
import { sites } from '../../support/states.ts'
import { someone, Visitor } from '../../support/visitor.ts'
import { walked } from '../../support/walk.ts'

const data =
  /Gatelodge|Ada Lovelace|\bAL\b|Firefox|Windows|Linux|Google|\b(?:accounts|groups|audit|sessions|keys|invitations|emails):(?:read|write)\b/g

/** A browser that keeps what was not in the pseudo-language, by the page. */
function watched(app: TestApp, found: Map<string, string[]>): Visitor {
  return new Visitor(async (request) => {
    const answer = await app.fetch(request)
    const type = answer.headers.get('content-type') ?? ''
    const { pathname } = new URL(request.url)
    const body = await answer.clone().text()
    const lines = type.includes('html')
      ? hardCoded(body, data)
      : type.includes('problem+json')
        ? hardCodedJson(body)
        : []
    if (lines.length > 0) found.set(`${request.method} ${pathname}`, lines)
    return answer
  }, app.services.settings.baseUrl)
}

function hardCodedJson(body: string): string[] {
  const { title, errors = [] } = JSON.parse(body)
  const all: string[] = [title, ...errors.map(({ message }: { message: string }) => message)]
  return all.filter((text) => hardCoded(text, /Retry-After|JSON/g).length > 0)
}

function routesOf(app: TestApp) {
  const all = createApp(app.services).routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  return all
    .map(({ method, path }) => ({ method, path: path.replace(/:\w+/, 'A'.repeat(43)) }))
    .sort((left, right) => Number(left.path.endsWith('/logout')) - Number(right.path.endsWith('/logout')))
}

const { open, closed, gated, silent, atOnce, confirmFirst } = sites
const walkedSites = walked(Object.entries({ open, closed, gated, silent, atOnce, confirmFirst }))

describe('In the pseudo-language', () => {
  it('plurals are what they are in English', () => {
    const text = pseudoText()
    expect([text.rememberHint({ days: 1 }), text.rememberHint({ days: 30 })]).toEqual([
      pseudo('For 1 day on this device.'),
      pseudo('For 30 days on this device.'),
    ])
  })

  it('a sentence that is hard-coded is found', () => {
    expect(hardCoded('<p title="So">Ｌｏｇ</p><b>Ada Lovelace</b> <i>yes</i>', data)).toEqual(['So', 'yes'])
    expect(
      hardCoded('<html lang="en" dir="ltr"><p>Forgotten</p><span dir="ltr">a@b.example</span></html>', data),
    ).toEqual(['Forgotten'])
  })

  it.each(walkedSites)('every page speaks it, to visitors and to people who are logged in: %s', async (_, settings) => {
    const app = await makeApp(throwawayDatabase(), settings, { text: pseudoText() })
    const found = new Map<string, string[]>()
    const account = watched(app, found)
    await account.open('/register')
    const person = someone({ name: 'Ada Lovelace' })
    if (account.page.html.includes('name="password"')) await account.submit(person)
    for (const browser of [watched(app, found), account]) {
      await browser.open(mailboxLink())
      for (const { method, path } of routesOf(app)) {
        const form = new URLSearchParams({ name: 'Ada' })
        await browser.send(method, path, method === 'POST' ? form : undefined, { accept: 'text/html' })
        await browser.json(method, path, method === 'POST' ? {} : undefined).catch(() => {})
        if (method !== 'GET') continue
        const { html } = await browser.open(path).catch(() => ({ html: '' }))
        if (html.includes('<form method="post"')) await browser.submit({}).catch(() => {})
      }
    }
    await followEmails(watched(app, found), person.email ?? '')
    await app.close()
    expect(Object.fromEntries(found)).toEqual({})
  })
})

/** Every email of the mailbox, as text and as HTML, and the pages behind its links. */
async function followEmails(browser: Visitor, email: string): Promise<void> {
  const seen = new Set<string>()
  const waiting = [mailboxLink()]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const { html } = await browser.open(path)
    waiting.push(...[...html.matchAll(/href="(?:http:\/\/localhost:\d+)?(\/[^"#]*)"/g)].map(([, to = '']) => to))
    if (html.includes('<form method="post"')) await browser.submit({ email })
  }
}

const kinds = Object.keys(english.messages.emails) as EmailKind[]

it.each(kinds)('The email "%s" speaks it, whatever is known of its reader', (kind) => {
  const site = {
    name: 'Gatelodge',
    text: pseudoText(),
    templates: declared.emails,
    baseUrl: 'https://accounts.example.org',
  }
  const all: Partial<EmailContent>[] = [{}, { otherEmail: 'b@example.org' }]
  const device = { browser: 'Firefox', system: 'Windows' }
  for (const name of ['', 'Ada Lovelace'])
    for (const support of [undefined, 'help@example.org'])
      for (const more of all)
        for (const link of [undefined, { token: 'x', life: hours(24) }])
          for (const source of [{}, { device }, { device: {} }, { device: { isApp: true as const, ...device } }]) {
            const content = { to: { name, address: 'ada@example.org' }, at: 0, link, ...source, ...more }
            const { subject, text, html } = renderEmail(kind, content, { ...site, support })
            for (const shown of [subject, text, html]) expect(hardCoded(shown, data)).toEqual([])
          }
})
