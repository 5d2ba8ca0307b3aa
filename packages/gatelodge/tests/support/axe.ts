// What axe finds on a page. Its own driver for Playwright takes a second for each page; our pages have no frames, for which it is.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
/** Half as much for a page to read as what the package exports. */
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Puts axe into the page that is open. */
export async function layAxe(page: Page): Promise<void> {
  await page.evaluate(source)
}

interface Results {
  violations: { id: string; help: string; nodes: { html: string }[] }[]
  /** Ids of rules. */
  passes: string[]
}

/**
 * @param rules ids of rules, or tags of them.
 * @returns a sentence for each place that breaks one. @throws where none of the rules found anything to look at.
 */
export async function violations(page: Page, rules: string[]): Promise<string[]> {
  const options = { runOnly: rules, resultTypes: ['violations'], preload: false }
  const found = await page.evaluate<Results>(
    `axe.run(${JSON.stringify(options)}).then(({ violations, passes }) => ({ violations, passes: passes.map(({ id }) => id) }))`,
  )
  if (found.passes.length === 0 && found.violations.length === 0) throw new Error(`axe looked at nothing for ${rules}`)
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}
