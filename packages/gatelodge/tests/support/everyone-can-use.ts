// Pages in their states, on every screen, in all colours, sizes of text and space in it (tests/support/looks.ts), for everyone:
// what axe can find (in the usual size of text), nothing that lies on something else, and no scrolling sideways (WCAG 1.4.4,
// 1.4.10, 1.4.12); what the Tab key meets, what a page without a style sheet says, and how heavy it is.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layAxe, violations } from './axe.ts'
import { launchBrowser } from './browser.ts'
import { gluedWords } from './glued.ts'
import { keyboardFaults } from './keyboard-faults.ts'
import { layoutFaults } from './layout-faults.ts'
import { type Look, looks, show } from './looks.ts'
import { type Weight, weigher } from './page-weight.ts'
import { repetitions } from './repetitions.ts'
import type { Site } from './site.ts'
import { routeOf } from './states/routes.ts'
import { useSitesOf } from './states/sites.ts'
import type { SiteKind, State } from './states.ts'

interface Opened {
  page: Page
  weigh(): Promise<Weight>
}

/** In bytes over the wire, headers included. */
const most: Weight = { bytes: 14_000, scripts: 4_000 }

/** The reference of the API has a thousand lines, and each of them is looked at in each way. */
const longest = 600_000

/** Declares a test for each of the states. */
export function everyoneCanUse(states: State[]): void {
  const running = useSitesOf(states)
  const pages = new Map<SiteKind, Opened>()
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  /** One page for a site, because a new one costs more than what is looked at in it; each starts as a stranger. */
  async function pageOf(kind: SiteKind): Promise<Opened> {
    const opened = pages.get(kind) ?? (await open(browser, running[kind]))
    pages.set(kind, opened)
    const { page } = opened
    await page.context().clearCookies()
    await page.setViewportSize({ width: 1280, height: 720 })
    return opened
  }

  describe('Everyone can use the page', () => {
    it.each(states)(
      '$name',
      async ({ name, site, reach }) => {
        const { page, weigh } = await pageOf(site)
        await reach(page)
        await layAxe(page)
        await theDocumentIsSound(page, routeOf(name))
        for (const look of looks) await theLookIsSound(page, look)
        // So late, it has asked for all that it wants without a wait of ours.
        const weight = await weigh()
        expect.soft(weight.bytes, 'bytes').toBeLessThan(most.bytes)
        expect.soft(weight.scripts, 'bytes of scripts').toBeLessThan(most.scripts)
        expect.soft(await keyboardFaults(page), 'at the keyboard').toEqual([])
      },
      longest,
    )
  })
}

/** What is the same in each look. */
async function theDocumentIsSound(page: Page, pattern: RegExp | undefined): Promise<void> {
  expect.soft(await violations(page, rules)).toEqual([])
  expect.soft(gluedWords(await page.content())).toEqual([])
  if (pattern) expect.soft(new URL(page.url()).pathname).toMatch(pattern)
  const { notice, texts } = await page.evaluate<{ notice: string; texts: string[] }>(words)
  expect.soft(repetitions(notice, texts)).toEqual([])
}

async function theLookIsSound(page: Page, look: Look): Promise<void> {
  await show(page, look)
  expect.soft(await layoutFaults(page), look.name).toEqual([])
  const those = rulesOf(look)
  if (those.length > 0) expect.soft(await violations(page, those), look.name).toEqual([])
}

/** A look is asked what it can change: colours are those of a phone on the smaller screens too, and targets have no colour. */
function rulesOf({ width, colorScheme, forcedColors, text, spaced }: Look): string[] {
  // Larger text asks for less contrast and makes larger targets, and space changes neither.
  if (text > 100 || spaced) return []
  const isPlain = colorScheme === 'light' && forcedColors === 'none'
  return [...(width >= 390 ? ['color-contrast'] : []), ...(isPlain ? ['target-size'] : [])]
}

/** What the page says, the heading first. What an account has done is data. */
const words = `({
  notice: document.querySelector('.flash')?.innerText ?? '',
  texts: [...document.querySelectorAll('h1, main :is(p, li, h2):not(.flash *, .events *)')].map((one) => one.innerText),
})`

async function open(browser: Browser, { baseUrl }: Site): Promise<Opened> {
  // Only here: axe puts a script of its own into the page. Colours in transition would be measured half-way.
  const context = await browser.newContext({ baseURL: baseUrl, bypassCSP: true, reducedMotion: 'reduce' })
  const page = await context.newPage()
  return { page, weigh: await weigher(page) }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
