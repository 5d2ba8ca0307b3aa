// Every route below a path, asked in every way: no answer leads out of it.
import { expect, it } from 'vitest'
import { createApp } from '../../../src/app.ts'
import { loadAssets } from '../../../src/web/site/assets.ts'
import { mailboxLink } from '../../support/data-folder.ts'
import { makeApp, type TestApp, throwawayDatabase } from '../../support/make-app.ts'
import { sites } from '../../support/states.ts'
import { someone, Visitor } from '../../support/visitor.ts'
import { walked } from '../../support/walk.ts'

const [asset = ''] = loadAssets({}).files.keys()
const { open, closed, gated, silent, atOnce, confirmFirst } = sites
const walkedSites = walked(Object.entries({ open, closed, gated, silent, atOnce, confirmFirst }))

/** A browser that notes where the answers lead. */
function watched(app: TestApp, leads: string[]): Visitor {
  const { baseUrl } = app.services.settings
  return new Visitor(async (request) => {
    const answer = await app.fetch(request)
    const type = answer.headers.get('content-type') ?? ''
    const text = /html|json/.test(type) ? await answer.clone().text() : ''
    const attributes = [...text.matchAll(/\s(?:href|src|action|formaction|data-action|poster|data)="([^"]*)"/g)].map(
      ([, to]) => to,
    )
    const written = text.match(/https?:\/\/[^\s"<&]+/g) ?? []
    const all = [
      answer.headers.get('location'),
      type.includes('json') && JSON.parse(text).location,
      ...attributes,
      ...written,
    ]
    leads.push(...all.filter(Boolean).map((to) => to.replace(baseUrl, '')))
    return answer
  }, baseUrl)
}

function routesOf(app: TestApp) {
  const all = createApp(app.services).routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  const filled = (path: string) => path.replace(':file', asset).replace(/:\w+/, 'A'.repeat(43))
  // Logging out comes last: what is behind it is someone else's.
  return all
    .map(({ method, path }) => ({ method, path: `/auth${filled(path)}` }))
    .sort((left, right) => Number(left.path.endsWith('/logout')) - Number(right.path.endsWith('/logout')))
}

it.each(walkedSites)('nothing leads out: %s', async (_, settings) => {
  const app = await makeApp(throwawayDatabase(), { ...settings, basePath: '/auth', identityToken: true })
  const leads: string[] = []
  const person = someone()
  const account = watched(app, leads)
  await account.open('/auth/register')
  if (account.page.html.includes('name="password"')) await account.submit(person)

  const missing: string[] = []
  for (const browser of [watched(app, leads), account]) {
    // The link that the start prints, where there is a mailbox.
    await browser.open(`/auth${mailboxLink()}`)
    for (const { method, path } of routesOf(app)) {
      const form = new URLSearchParams({ name: 'Ada' })
      const answer = await browser.send(method, path, method === 'POST' ? form : undefined, { accept: 'text/html' })
      // This site has no such provider.
      const isOfProvider = /\/(?:login\/with|connections\/(?:add|prove))\//.test(path)
      if (answer.status === 404 && !path.includes('/dev/mailbox') && !isOfProvider) missing.push(path)
      await browser.json(method, path, method === 'POST' ? {} : undefined).catch(() => {})
      if (method !== 'GET' || answer.headers.get('content-type')?.startsWith('text/html') === false) continue
      // The page, then what its form says to someone who has typed nothing.
      const { html } = await browser.open(path)
      if (html.includes('<form method="post"')) await browser.submit({})
    }
  }
  // Then every link that was found, those of emails too, by a browser that has not been here.
  const stranger = watched(app, leads)
  await stranger.open(`/auth${mailboxLink()}`)
  const seen = new Set<string>()
  for (const to of leads) {
    if (seen.has(to) || !to.startsWith('/auth/')) continue
    seen.add(to)
    const { html } = await stranger.open(to)
    if (html.includes('<form method="post"')) await stranger.submit({ email: person.email ?? '' })
  }
  const own = (to: string) => /^\/auth(?:\/|$)/.test(to) || to.startsWith('#')
  expect(missing).toEqual([])
  expect(leads.length).toBeGreaterThan(500)
  expect([...new Set(leads)].filter((to) => !own(to))).toEqual([])
  // What emails lead to was among it.
  const isSilent = app.services.emails.mode === 'none' || settings === closed
  expect(
    [...seen].some((to) => /^\/auth\/(?:verify-email|register\/start)\/(?!A{43}|sample-)[\w-]{43}$/.test(to)),
  ).toBe(!isSilent)
  await app.close()
})
