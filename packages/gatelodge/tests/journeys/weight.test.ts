// How heavy the login page is: every byte that comes over the wire for someone who was never here, headers included.
import { get } from 'node:http'
import { expect, it } from 'vitest'
import { useBrowser } from '../support/journey.ts'
import { useSite } from '../support/site.ts'

const site = useSite()
const meet = useBrowser(site)

/** Each with what it loads. */
const pages = {
  '/login': ['document', 'image', 'script', 'script', 'stylesheet'],
  '/register': ['document', 'image', 'script', 'script', 'stylesheet'],
  '/forgot-password': ['document', 'image', 'script', 'stylesheet'],
}

it.each(Object.entries(pages))(
  '%s and all it loads weigh under 14 KB, its scripts under 4 KB, and come from one origin',
  async (path, loads) => {
    const page = await meet()
    const loaded = new Map<string, string>()
    // What a passkey is asked with is no file, and is asked for by POST.
    let asked = 0
    page.on('request', (request) => {
      if (request.resourceType() !== 'fetch') loaded.set(request.url(), request.resourceType())
    })
    page.on('response', async (answer) => {
      if (answer.request().resourceType() !== 'fetch') return
      asked += (await answer.body()).length + headersOf(await answer.headersArray())
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    // A headless browser has no tab to draw it on, and does not ask for it.
    const icon = await page.locator('link[rel=icon]').getAttribute('href')
    loaded.set(site().baseUrl + icon, 'image')

    const weights = await Promise.all(
      [...loaded].map(async ([url, kind]) => ({ kind, bytes: await bytesOverTheWire(url) })),
    )
    const total = (of: typeof weights) => of.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(weights.map(({ kind }) => kind).sort()).toEqual(loads)
    expect(asked > 0, 'asks for a challenge').toBe(path === '/login')
    expect(total(weights) + asked).toBeLessThan(14 * 1000)
    expect(total(weights.filter(({ kind }) => kind === 'script'))).toBeLessThan(4 * 1000)
    expect([...loaded.keys()].filter((url) => !url.startsWith(`${site().baseUrl}/`))).toEqual([])
  },
)

const headersOf = (headers: { name: string; value: string }[]) =>
  headers.reduce((sum, { name, value }) => sum + name.length + value.length + ': \r\n'.length, 0)

/** Asks as a browser does, on a connection of its own. */
function bytesOverTheWire(url: string): Promise<number> {
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd', connection: 'close' }
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${answer.statusCode} for ${url}`))
      answer.resume().once('end', () => resolve(answer.socket.bytesRead))
    }).once('error', reject)
  })
}
