// Pages that are the same for everyone are sent without asking the app again: the same bytes, headers and log line as from it.
import { request } from 'node:http'
import { expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { testSettings, throwawayDatabase } from './support/make-app.ts'
import { type Site, startSite } from './support/site.ts'

interface Answer {
  status: number | undefined
  headers: Record<string, unknown>
  body: string
}

function ask({ port }: Site, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = []
      const { date: _, ...rest } = answer.headers
      answer.on('data', (piece) => pieces.push(piece))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: rest, body: Buffer.concat(pieces).toString('base64') }),
      )
    })
    asking.once('error', reject).end()
  })
}

async function useLoggedSite<T>(tell: (site: Site, lines: Record<string, unknown>[]) => Promise<T>, settings = {}) {
  const database = throwawayDatabase()
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line))
  const log = createLog({ ...testSettings(database), logLevel: 'info' }, { write })
  const site = await startSite(database, settings, { log })
  try {
    return await tell(site, lines)
  } finally {
    await site.stop()
  }
}

it.each([
  ['', ''],
  ['', 'gzip'],
  ['/auth', 'gzip'],
])('below "%s" with "%s" the second answer is the first once more', async (basePath, encoding) => {
  await useLoggedSite(
    async (site, lines) => {
      for (const page of ['/login', '/register', '/forgot-password']) {
        const path = basePath + page
        const headers = { 'accept-encoding': encoding, 'sec-fetch-dest': 'document' }
        const first = await ask(site, path, headers)
        const [second, third] = [await ask(site, path, headers), await ask(site, path, headers)]
        expect(first.status).toBe(200)
        expect(second).toEqual(first)
        expect(third).toEqual(first)
        const told = lines.filter(({ route }) => route === page)
        expect(told).toHaveLength(3)
        expect(new Set(told.map((line) => Object.keys(line).join())).size).toBe(1)
        expect(new Set(told.map(({ request }) => request)).size).toBe(3)
      }
    },
    basePath ? { basePath } : {},
  )
})

it('whatever could change the answer is looked at by the app', async () => {
  await useLoggedSite(async (site) => {
    const plain = await ask(site, '/login')
    expect(await ask(site, '/login')).toEqual(plain)
    const refused = await ask(site, '/login', { 'sec-fetch-dest': 'image' })
    expect(refused.status).toBe(403)
    expect((await ask(site, '/login?cookies=1')).status).toBe(403)
    expect((await ask(site, '/login?return_to=%2Faccount')).body).not.toBe(plain.body)
    expect((await ask(site, '/login', {}, 'HEAD')).body).toBe('')
    expect((await ask(site, '/login', {}, 'PUT')).status).toBe(405)
    const form = 'email=ada%40example.org&password=x'
    const posted = await new Promise<string[]>((resolve) => {
      const headers = { origin: site.baseUrl, 'content-type': 'application/x-www-form-urlencoded' }
      const asking = request(
        { port: site.port, host: '127.0.0.1', path: '/login', method: 'POST', headers },
        (answer) => resolve(answer.resume().headers['set-cookie'] ?? []),
      )
      asking.end(form)
    })
    const cookie = posted.map((line) => line.split(';')[0]).join('; ')
    const shown = Buffer.from((await ask(site, '/login', { cookie })).body, 'base64').toString()
    expect(shown).toContain('Email or password is not right')
    expect(await ask(site, '/login')).toEqual(plain)
  })
})
