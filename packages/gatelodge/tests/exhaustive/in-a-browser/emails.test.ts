// Every email in a real browser: with the style features that Outlook for Windows lacks taken away, wide and narrow, by day
// and by night.
import { expect, it } from 'vitest'
import { declared } from '../../../src/app.ts'
import { previewOf } from '../../../src/email/previews.ts'
import { renderEmail } from '../../../src/email/render.tsx'
import type { EmailKind } from '../../../src/email/template.ts'
import { createText } from '../../../src/text/text.ts'
import { useBrowser } from '../../support/journey.ts'
import { withoutWord } from '../../support/outlook.ts'
import { useSite } from '../../support/site.ts'

const site = useSite()
const meet = useBrowser(site)
const templates = declared.emails
const kinds = Object.keys(templates) as EmailKind[]
const look = { name: 'Acme Books', text: createText(), templates, baseUrl: 'https://accounts.example.org' }
const htmlOf = (kind: EmailKind) =>
  renderEmail(kind, previewOf(kind, templates, Date.UTC(2026, 10, 22, 9)), { ...look, support: 'help@example.org' })
    .html

/** In the page, where the types of Node know none of it. */
const styleOf = new Function('one', 'name', 'return getComputedStyle(one).getPropertyValue(name)') as (
  one: unknown,
  name: string,
) => string

it('without what Outlook lacks, each has a card of 560 px, a button that can be hit, and words in the font it names', async () => {
  const page = await meet({ viewport: { width: 900, height: 900 } })
  for (const kind of kinds) {
    await page.setContent(withoutWord(htmlOf(kind)))
    const card = await page.locator('table.card').boundingBox()
    expect(card?.width, kind).toBe(560)
    for (const button of await page.locator('td.button').all()) {
      const box = await button.boundingBox()
      expect(box?.height, kind).toBeGreaterThanOrEqual(44)
      expect(await button.evaluate(styleOf, 'background-color'), kind).toBe('rgb(31, 111, 84)')
      expect(await button.locator('a').evaluate(styleOf, 'color'), kind).toBe('rgb(255, 255, 255)')
    }
    for (const cell of await page.locator('td:not(:has(td), .button)').all())
      expect(await cell.evaluate(styleOf, 'font-family'), kind).toContain('Arial')
  }
})

it('on a narrow screen none is wider than the screen, and by night each is dark', async () => {
  const page = await meet({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
  for (const kind of kinds) {
    await page.setContent(htmlOf(kind))
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width, kind).toBeLessThanOrEqual(320)
    const ground = await page.locator('table.card').evaluate(styleOf, 'background-color')
    expect(ground, kind).toBe('rgb(24, 29, 26)')
  }
})
