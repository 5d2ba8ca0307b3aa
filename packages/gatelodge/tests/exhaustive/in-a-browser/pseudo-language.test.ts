// Every page in every state, in a language made for this test: whatever else stands there is hard-coded. The steps that lead
// to a state name labels and buttons in English; here they are looked for in that language.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { hardCoded, pseudo, pseudoText } from '../../support/pseudo-language.ts'
import type { Site } from '../../support/site.ts'
import { useSitesOf } from '../../support/states/sites.ts'
import { type SiteKind, states } from '../../support/states.ts'

const running = useSitesOf(states, { text: pseudoText() })
const pages = new Map<SiteKind, Page>()
let browser: Browser
let speakEnglish: () => void

beforeAll(async () => {
  browser = await launchBrowser()
  speakEnglish = translateSteps(await browser.newPage())
})
afterAll(async () => {
  // The files that run after this one in the same process look for English.
  speakEnglish()
  await browser.close()
})

/** Device names are data: a button that logs one out has its name in it. */
const devices = /Chrome|Linux|Firefox|Windows|Safari|iOS|Google|Apple|GitHub|GitLab|Microsoft|Acme|Laptop/g
const people = /(?:Ada|Countess) Lovelace|The ada-[\d-]+|Grace Hopper|Mary Jackson|Wolfeschlegelsteinhausen/
const recoveryCodes = /[a-z2-7]{4}(?:-[a-z2-7]{4}){3}/
const scopes = /\b[a-z]+:(?:read|write)\b/g
/** Of the console and of passkeys: what people called them, and what they wrote. The first group is described in the database. */
const named =
  /Administrators of this site|administrators|Asked by phone|Left the club|gatelodge import|users-2026\.csv|table users|old-members\.ndjson|laravel|wordpress|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|Sicherheitsschlüssel|مفتاح مريم|\b1234\b|billing-\d+|\beditors(?:-\d+)?\b|They write|\bgoogle\b/
/** Of a request, for support. */
const requestId = /\b[\da-f]{8}-[\da-z]+\b/
const data = new RegExp(
  `Gatelodge|${named.source}|${requestId.source}|${scopes.source}|${recoveryCodes.source}|${devices.source}|${people.source}|\\b[A-Z]{2}$`,
  'g',
)

function translated<Name extends string | RegExp | undefined>(name: Name): Name {
  if (name instanceof RegExp) return new RegExp(inPseudo(name.source), name.flags) as Name
  return (typeof name === 'string' ? inPseudo(name) : name) as Name
}

/** What is the same in every language stays as it is: device names, and what a key may do. */
function inPseudo(text: string): string {
  const kept = [...(text.match(devices) ?? []), ...(text.match(scopes) ?? [])]
  const known = new Map(kept.map((name) => [pseudo(name), name]))
  return [...known].reduce((all, [theirs, ours]) => all.replaceAll(theirs, ours), pseudo(text))
}

/** Pages and what is found on them look for the names of the pseudo-language from now on. */
function translateSteps(page: Page): () => void {
  const undo: (() => void)[] = []
  for (const one of [page, page.mainFrame(), page.locator('body')]) {
    const looking = Object.getPrototypeOf(one) as Pick<Locator, 'getByLabel' | 'getByRole' | 'getByText'>
    const { getByLabel, getByRole, getByText } = looking
    undo.push(() => Object.assign(looking, { getByLabel, getByRole, getByText }))
    looking.getByLabel = function (name, options) {
      return getByLabel.call(this, translated(name), options)
    }
    looking.getByText = function (words, options) {
      return getByText.call(this, translated(words), options)
    }
    looking.getByRole = function (role, options) {
      return getByRole.call(this, role, options?.name ? { ...options, name: translated(options.name) } : options)
    }
  }
  return () => {
    for (const one of undo.reverse()) one()
  }
}

describe('Nothing is hard-coded', () => {
  it.each(states)('$name', async ({ site, reach }) => {
    const page = await pageOf(site)
    await reach(page)
    const html = await page.content()
    expect(html).toMatch(/[\uff21-\uff5a]/)
    expect(hardCoded(html, data)).toEqual([])
  })
})

/** One page for a site; each state starts as a stranger. */
async function pageOf(kind: SiteKind): Promise<Page> {
  const page = pages.get(kind) ?? (await open(running[kind]))
  pages.set(kind, page)
  await page.context().clearCookies()
  return page
}

async function open({ baseUrl }: Site): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseUrl })
  return context.newPage()
}
