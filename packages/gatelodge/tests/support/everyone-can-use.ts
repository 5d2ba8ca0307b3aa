// Every page in every state, on every screen, in all colours, sizes of text and space in it (tests/support/looks.ts), for everyone:
// what axe can find (in the usual size of text), nothing that lies on something else, and no scrolling sideways (WCAG 1.4.4,
// 1.4.10, 1.4.12); what the Tab key meets, what a page without a style sheet says, and how heavy it is.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layAxe, violations } from '../../support/axe.ts'
import { launchBrowser } from '../../support/browser.ts'
import { gluedWords } from '../../support/glued.ts'
import { keyboardFaults } from '../../support/keyboard-faults.ts'
import { layoutFaults } from '../../support/layout-faults.ts'
import { looks, show } from '../../support/looks.ts'
import { type Weight, weigher } from '../../support/page-weight.ts'
import { repetitions } from '../../support/repetitions.ts'
import { type Site, startSite } from '../../support/site.ts'
import { routeOf } from '../../support/states/routes.ts'
import { databaseFiles, health, type SiteKind, sites, states } from '../../support/states.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { sampled } from '../../support/walk.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-states-'))
const running = {} as Record<SiteKind, Site>
const pages = new Map<SiteKind, Opened>()
let browser: Browser

interface Opened {
  page: Page
  weigh(): Promise<Weight>
}

/** In bytes over the wire, headers included. */
const most: Weight = { bytes: 14_000, scripts: 4_000 }

beforeAll(async () => {
  browser = await launchBrowser()
  for (const kind of Object.keys(sites) as SiteKind[]) {
    const file = join(folder, `${kind}.sqlite`)
    const site = await startSite({ url: `sqlite:${file}` }, { supportEmail: 'help@acme.example', ...sites[kind] })
    running[kind] = site
    databaseFiles.set(kind, file)
    await untilAnswers(site.baseUrl + health(kind))
  }
})
afterAll(async () => {
  await browser.close()
  await Promise.all(Object.values(running).map((site) => site.stop()))
  rmSync(folder, { recursive: true, force: true })
})

/** A sample: every sixtieth. */
const seen = sampled(states, 60)

/** The reference of the API has a thousand lines, and each of them is looked at in each way. */
const longest = 600_000

describe('Everyone can use the page', () => {
  it.each(seen)(
    '$name',
    async ({ name, site, reach }) => {
      const { page, weigh } = await pageOf(site)
      await reach(page)
      const weight = await weigh()
      expect.soft(weight.bytes, 'bytes').toBeLessThan(most.bytes)
      expect.soft(weight.scripts, 'bytes of scripts').toBeLessThan(most.scripts)
      await layAxe(page)
      expect.soft(await violations(page, rules)).toEqual([])
      expect.soft(gluedWords(await page.content())).toEqual([])
      const pattern = routeOf(name)
      if (pattern) expect.soft(new URL(page.url()).pathname).toMatch(pattern)
      const { notice, texts } = await page.evaluate<{ notice: string; texts: string[] }>(words)
      expect.soft(repetitions(notice, texts)).toEqual([])
      for (const look of looks) {
        await show(page, look)
        expect.soft(await layoutFaults(page), look.name).toEqual([])
        // Larger text asks for less contrast and makes larger targets.
        if (look.text > 100) continue
        // The other rules read the document, which is the same in each.
        expect.soft(await violations(page, ['color-contrast', 'target-size']), look.name).toEqual([])
      }
      expect.soft(await keyboardFaults(page), 'at the keyboard').toEqual([])
    },
    longest,
  )
})

/** What the page says, the heading first. What an account has done is data. */
const words = `({
  notice: document.querySelector('.flash')?.innerText ?? '',
  texts: [...document.querySelectorAll('h1, main :is(p, li, h2):not(.flash *, .events *)')].map((one) => one.innerText),
})`

/** One page for a site, because a new one costs more than what is looked at in it; each starts as a stranger. */
async function pageOf(kind: SiteKind): Promise<Opened> {
  const opened = pages.get(kind) ?? (await open(running[kind]))
  pages.set(kind, opened)
  const { page } = opened
  await page.context().clearCookies()
  await page.setViewportSize({ width: 1280, height: 720 })
  return opened
}

async function open({ baseUrl }: Site): Promise<Opened> {
  // Only here: axe puts a script of its own into the page. Colours in transition would be measured half-way.
  const context = await browser.newContext({ baseURL: baseUrl, bypassCSP: true, reducedMotion: 'reduce' })
  const page = await context.newPage()
  return { page, weigh: await weigher(page) }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
