// Journeys: whole stories in a real browser, each with scripts and without. Every page on the way is watched: what
// goes elsewhere, what does not load and what the browser complains about fails the test.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, describe, expect } from 'vitest'
import { launchBrowser } from './browser.ts'
import type { Site } from './site.ts'
import { isWhole } from './walk.ts'

/** One for all files that run in this process, started when the first visitor comes; it ends with the process. */
let browser: Promise<Browser> | undefined

/** Opens the browser of someone who was never here. */
export type Meet = (options?: BrowserContextOptions) => Promise<Page>

type Stories = (meet: Meet, hasScripts: boolean) => void

/**
 * Tells the same stories twice; the outcome and the words must be the same. With scripts in `npm test`, and without in
 * `npm run test:exhaustive`.
 */
export function withAndWithoutScripts(site: () => Site, tell: Stories): void {
  describeIn(!isWhole, site, tell)
}

/** The same for what only `npm run test:exhaustive` tells. */
export function inBothWays(site: () => Site, tell: Stories): void {
  for (const hasScripts of [true, false]) describeIn(hasScripts, site, tell)
}

function describeIn(hasScripts: boolean, site: () => Site, tell: Stories): void {
  describe(hasScripts ? 'with scripts' : 'without scripts', () =>
    tell(useBrowser(site, { javaScriptEnabled: hasScripts }), hasScripts),
  )
}

/**
 * For stories about the scripts themselves.
 * @param also other sites that the story leads over.
 */
export function useBrowser(
  site: () => Site,
  always: BrowserContextOptions = {},
  also: () => string[] = () => [],
): Meet {
  let met: { context: BrowserContext; faults: string[] }[] = []
  afterEach(async () => {
    const faults = met.flatMap((one) => one.faults)
    await Promise.all(met.map(({ context }) => context.close()))
    met = []
    expect(faults, 'what the browser complained about').toEqual([])
  })
  return async (options = {}) => {
    const { baseUrl } = site()
    browser ??= launchBrowser()
    const context = await (await browser).newContext({ baseURL: baseUrl, ...always, ...options })
    met.push({ context, faults: watch(context, baseUrl, also()) })
    return context.newPage()
  }
}

/** Fills a list with whatever should not have happened. */
export function watch(context: BrowserContext, baseUrl: string, also: string[] = []): string[] {
  const faults: string[] = []
  context.on('request', (request) => {
    if (![baseUrl, ...also].includes(new URL(request.url()).origin)) faults.push(`asked for ${request.url()}`)
  })
  context.on('response', (answer) => {
    // A page may well answer 403 or 404; what a page is made of may not.
    if (answer.status() >= 400 && !answer.request().isNavigationRequest())
      faults.push(`${answer.status()} for ${answer.url()}`)
  })
  context.on('weberror', (event) => faults.push(String(event.error())))
  context.on('console', (message) => {
    const isGrave = message.type() === 'error' || message.type() === 'warning'
    if (isGrave && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  return faults
}
