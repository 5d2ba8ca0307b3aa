// What someone meets who goes through a page with the Tab key: everything that can be pressed or typed into, in the order in which it
// is read, each with a ring and in sight (WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11).
import type { Page } from 'playwright-core'

/** Of a long page, this many stops are looked at. */
const most = 60

/** Marks the stops in the order of the document, and begins in front of the first. */
const begin = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility())
  window.stops = all
  const named = (one) => (one.getAttribute('aria-label') || one.innerText || one.name || one.localName).trim().slice(0, 40)
  window.nameOf = named
  document.body.tabIndex = -1
  document.body.focus()
  return all.length
})()`

/** What is wrong where the focus is now; it should be at that stop. */
const lookAt = (stop: number) => `(() => {
  const wanted = window.stops[${stop}]
  const one = document.activeElement
  if (one !== wanted) return 'not ' + window.nameOf(wanted) + ', but ' + window.nameOf(one)
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  if (outlineStyle === 'none' || outlineWidth === '0px') return 'no ring: ' + window.nameOf(one)
  const { left, right, top, bottom } = one.getClientRects()[0]
  // A browser scrolls by whole pixels, and what is higher than the screen is never seen whole.
  const isHigh = bottom - top > innerHeight
  if ((top < -1 && !isHigh) || left < -1 || (bottom > innerHeight + 1 && !isHigh) || right > innerWidth + 1) return 'out of sight: ' + window.nameOf(one)
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  return one.contains(seen) || seen?.contains(one) || one.labels?.[0]?.contains(seen) ? '' : 'covered: ' + window.nameOf(one)
})()`

/** @returns what is wrong, and nothing more behind the first stop that is missed. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const stops = await page.evaluate<number>(begin)
  const faults: string[] = []
  for (let stop = 0; stop < Math.min(stops, most); stop += 1) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate<string>(lookAt(stop))
    if (fault !== '') faults.push(fault)
    if (fault.startsWith('not ')) break
  }
  return faults
}
