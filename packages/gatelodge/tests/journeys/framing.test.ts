// Another site that puts our pages into a frame, to lay its own buttons over ours.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { useSite } from '../support/site.ts'

const site = useSite()

it('V3.4.6 gets an empty frame', async () => {
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(await foreignPage(`<iframe src="${site().baseUrl}/login"></iframe>`))
  const [, frame] = page.frames()
  expect(frame?.url()).toBe('chrome-error://chromewebdata/')
  expect(await frame?.locator('form').count()).toBe(0)
})

/** Its address has another host name than ours, so to the browser it is another site. */
async function foreignPage(html: string): Promise<string> {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
