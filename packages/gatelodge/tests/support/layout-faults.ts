// What anyone would see at once on a page that has lost its shape.
import type { Page } from 'playwright-core'

const boxes =
  'h1, h2, label, p, dt, dd > span, dd > bdi, dd > a, .forgot, .button, .badge, input:not([type=hidden]):not(.unseen), li'

/** In CSS pixels, between a button and what stands beside it. */
const leastGap = 4

const script = `(() => {
  const named = (one) => (one.textContent || one.name).trim().replace(/\\s+/g, ' ').slice(0, 60)
  const isApart = (one, other) => !one.contains(other) && !other.contains(one)
  const shown = [...document.querySelectorAll('${boxes}')]
    .filter((one) => one.getClientRects().length > 0 && !one.closest('.skip, .unseen'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
  const found = []
  for (const { one, box } of shown)
    for (const { one: other, box: its } of shown) {
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left)
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
      if (across > 1 && down > 1 && isApart(one, other)) found.push(named(one) + ' on ' + named(other))
    }
  // A button, and what stands above or beside it: closer than a finger can tell apart. What stands in a field is meant to.
  const near = [...document.querySelectorAll('main :is(.button, .aside-link, p, h1, h2, input:not([type=hidden], .unseen), select)')]
    .filter((one) => one.getClientRects().length > 0 && one.textContent + one.localName !== 'p' && !one.closest('.unseen, .check'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
  for (const { one, box } of near.filter(({ one }) => one.matches('.button')))
    for (const { one: other, box: its } of near) {
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left)
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
      if (across > -${leastGap} && down > -${leastGap} && isApart(one, other)) found.push('touch: ' + named(one) + ' and ' + named(other))
    }
  for (const one of document.querySelectorAll(':is(ul, ol, dl):empty')) found.push('a list of nothing: ' + one.className)
  const card = document.querySelector('.card')?.getBoundingClientRect()
  for (const { one, box } of shown)
    if (card && one.closest('.card') && (box.right > card.right + 0.5 || box.left < card.left - 0.5))
      found.push('beside the card: ' + named(one))
  if (document.documentElement.scrollWidth <= innerWidth) return found
  const outside = [...document.querySelectorAll('body *')]
    .filter((one) => one.childElementCount === 0)
    .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < -1)
    .map((one) => one.localName + ' ' + named(one))
  return [...found, 'too wide: ' + outside.join(', ')]
})()`

/**
 * @returns boxes of words that lie on one another or beside the card, buttons that touch something, lists without rows, and what
 * makes people scroll sideways.
 */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate<string[]>(script)
