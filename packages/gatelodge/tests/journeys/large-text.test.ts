// Larger text and more space in it (WCAG 1.4.4, 1.4.10, 1.4.12): nothing overlaps, nothing is cut off, and nobody
// scrolls sideways.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useBrowser } from '../support/journey.ts'
import { useSite } from '../support/site.ts'
import { elsewhere, registered } from '../support/steps.ts'

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

/** What a person would see: boxes of words that lie on one another, and how far the page is wider than the window. */
const faults = `(() => {
  const shown = [...document.querySelectorAll('h1, h2, label, p, dt, dd > span, dd > bdi, dd > a, .forgot, .button, input:not([type=hidden]):not(.unseen), li')]
    .filter((one) => one.getClientRects().length > 0 && !one.closest('.skip'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
  const found = []
  for (const { one, box } of shown)
    for (const { one: other, box: its } of shown) {
      if (one === other || one.contains(other) || other.contains(one)) continue
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left)
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
      if (across > 1 && down > 1) found.push((one.textContent || one.name) + ' on ' + (other.textContent || other.name))
    }
  const card = document.querySelector('.card').getBoundingClientRect()
  for (const { one, box } of shown)
    if (one.closest('.card') && (box.right > card.right || box.left < card.left)) found.push('beside the card: ' + (one.textContent || one.name))
  if (document.documentElement.scrollWidth <= innerWidth) return found
  const outside = shown.filter(({ box }) => box.right > innerWidth + 1).map(({ one }) => one.textContent || one.name)
  return [...found, 'too wide: ' + outside.join(', ')]
})()`

async function look(page: Page, paths: string[], style: string): Promise<void> {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of paths) {
      await page.goto(path)
      await page.addStyleTag({ content: style })
      expect(await page.evaluate(faults), `${path} at ${width} px`).toEqual([])
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
