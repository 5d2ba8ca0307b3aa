// Larger text and more space in it (WCAG 1.4.4, 1.4.10, 1.4.12): nothing overlaps, nothing is cut off, and nobody
// scrolls sideways.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from '../../support/journey.ts'
import { layoutFaults } from '../../support/layout-faults.ts'
import { useSite } from '../../support/site.ts'
import { elsewhere, registered } from '../../support/steps.ts'

const site = useSite()
const meet = useBrowser(site, { bypassCSP: true })

const sizes = [110, 130, 200].map((percent) => [`${percent} % text`, `html { font-size: ${percent}% }`] as const)
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'
const kinds = [...sizes, ['the spacing of WCAG 1.4.12', spacing] as const]

const forVisitors = ['/login', '/register', '/forgot-password']
const forMembers = [
  '/account',
  '/account/profile',
  '/account/password',
  '/account/email',
  '/account/devices',
  '/account/activity',
  '/account/delete',
]

async function look(page: Page, paths: string[], style: string): Promise<void> {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of paths) {
      await page.goto(path)
      await page.addStyleTag({ content: style })
      expect(await layoutFaults(page), `${path} at ${width} px`).toEqual([])
    }
  }
}

it.each(kinds)('With %s every page keeps its shape', async (_, style) => {
  const page = await meet()
  await look(page, forVisitors, style)
  const person = await registered(page, { name: 'Wolfeschlegelsteinhausen'.repeat(3) })
  // A second device, which has a button.
  await elsewhere(page, (other) => other.request.post('/api/v1/login', { data: person }))
  await look(page, forMembers, style)
})
