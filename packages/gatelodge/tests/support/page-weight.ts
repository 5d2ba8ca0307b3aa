// How heavy the page is that a browser shows: every byte that came over the wire for it since it was asked for, headers
// included, as for someone who was never here.
import type { Page } from 'playwright-core'

export interface Weight {
  /** The page with all that it loads and asks for. */
  bytes: number
  scripts: number
}

interface Part {
  kind: string
  bytes: number
}

/** Nothing comes from the browser's cache from then on. */
export async function weigher(page: Page): Promise<() => Promise<Weight>> {
  let parts = new Map<string, Part>()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  cdp.on('Network.requestWillBeSent', ({ requestId, loaderId, type = '', request }) => {
    // A new document: what was loaded before belongs to another page. After a redirect it keeps its id.
    if (requestId === loaderId) parts = new Map()
    if (!request.url.startsWith('data:')) parts.set(requestId, { kind: type, bytes: 0 })
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const part = parts.get(requestId)
    if (part) part.bytes = encodedDataLength
  })
  return async () => {
    await page.waitForLoadState('networkidle')
    const all = [...parts.values(), { kind: 'Image', bytes: await iconBytes(page) }]
    const sum = (of: Part[]) => of.reduce((total, { bytes }) => total + bytes, 0)
    return { bytes: sum(all), scripts: sum(all.filter(({ kind }) => kind === 'Script')) }
  }
}

/** A headless browser has no tab to draw it on, and does not ask for it. */
async function iconBytes(page: Page): Promise<number> {
  const icon = await page.locator('link[rel=icon]').getAttribute('href')
  const answer = await page.request.get(icon ?? '', { headers: { 'accept-encoding': 'identity' } })
  const headers = answer.headersArray().reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0)
  return (await answer.body()).length + headers
}
