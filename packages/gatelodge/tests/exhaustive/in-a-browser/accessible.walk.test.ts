// Every page in every state, for everyone: what axe can find, in light and dark, and no scrolling sideways on narrow or
// enlarged screens (WCAG 1.4.10).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { type Site, startSite } from '../../support/site.ts'
import { breakDatabase, health, type SiteKind, sites, states } from '../../support/states.ts'
import { untilAnswers } from '../../support/until-answers.ts'
import { isWhole } from '../../support/walk.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-states-'))
const running = {} as Record<SiteKind, Site>
const pages = new Map<SiteKind, Page>()
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  for (const kind of Object.keys(sites) as SiteKind[]) {
    const file = join(folder, `${kind}.sqlite`)
    const site = await startSite({ url: `sqlite:${file}` }, { supportEmail: 'help@acme.example', ...sites[kind] })
    running[kind] = site
    await untilAnswers(site.baseUrl + health(kind))
    if (kind === 'broken') breakDatabase(file)
  }
})
afterAll(async () => {
  await browser.close()
  await Promise.all(Object.values(running).map((site) => site.stop()))
  rmSync(folder, { recursive: true, force: true })
})

/** A sample: every eighth. */
const seen = isWhole ? states : states.filter((_, at) => at % 8 === 0)

describe('Everyone can use the page', () => {
  it.each(seen)('$name', async ({ site, reach }) => {
    const page = await pageOf(site)
    await reach(page)
    // Our pages have no frames, for which axe would need a second page.
    const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze()
    expect.soft(told(violations), 'light').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    // In the dark only the colours are others; axe is in the page by now.
    const inTheDark = await page.evaluate<AxeResults>('axe.run({ runOnly: ["color-contrast"] })')
    expect.soft(inTheDark.passes, 'dark').not.toEqual([])
    expect.soft(told(inTheDark.violations), 'dark').toEqual([])
    // 320 px wide, and 1280x1024 at 400 %.
    for (const height of [640, 256]) {
      await page.setViewportSize({ width: 320, height })
      expect.soft(await page.evaluate('document.documentElement.scrollWidth'), `320x${height}`).toBeLessThanOrEqual(320)
    }
  })
})

/** One page for a site, because a new one costs more than what is looked at in it; each starts as a stranger. */
async function pageOf(kind: SiteKind): Promise<Page> {
  const page = pages.get(kind) ?? (await open(running[kind]))
  pages.set(kind, page)
  await page.context().clearCookies()
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.emulateMedia({ colorScheme: 'light' })
  return page
}

async function open({ baseUrl }: Site): Promise<Page> {
  // Only here: axe puts a script of its own into the page. Colours in transition would be measured half-way.
  const context = await browser.newContext({ baseURL: baseUrl, bypassCSP: true, reducedMotion: 'reduce' })
  return context.newPage()
}

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

function told(violations: AxeResults['violations']): string[] {
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}
