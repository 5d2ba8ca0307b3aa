// A site's own look by settings: its logo, its colour, its style sheet.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../src/config/load.ts'
import { openGatelodge, recordingFastify, visitorOf } from './support/embed.ts'
import { makeApp, throwawayDatabase } from './support/make-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-look-'))
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const css = file('own.css', ':root { --radius: 0 }\n')
const siteLogo = file('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
const png = file('logo.PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47]))

const faultsOf = (flags: object) => {
  const loaded = loadSettings({ flags })
  return loaded.kind === 'faults' ? loaded.faults.map(({ name, allowed }) => `${name}: ${allowed}`).join('\n') : ''
}

describe('A site’s own look', () => {
  it('V3.4.3 V3.4.6 comes from this site, after our styles, and the policy allows nothing else for it', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase(), { css, siteLogo, brandColor: '#7a1f4b' })
    const plain = await openGatelodge(throwawayDatabase())
    const browser = visitorOf(gatelodge)
    const { html, headers } = await browser.open('/login')
    const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(styles).toEqual([
      expect.stringMatching(/^\/assets\/gatelodge\./),
      expect.stringMatching(/^\/assets\/colors\.[\da-f]{16}\.css$/),
      expect.stringMatching(/^\/assets\/own\.[\da-f]{16}\.css$/),
    ])
    const read = async (path = '') => {
      const answer = await browser.send('GET', path)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      return { type: answer.headers.get('content-type'), text: await answer.text() }
    }
    expect(await read(styles[2])).toEqual({ type: 'text/css; charset=utf-8', text: ':root { --radius: 0 }\n' })
    expect((await read(styles[1])).text).toContain('--brand:#7a1f4b;--on-brand:#ffffff')
    const logo = /<img src="([^"]+)" alt=""\/> Gatelodge/.exec(html)?.[1]
    expect(await read(logo)).toMatchObject({ type: 'image/svg+xml; charset=utf-8' })
    expect(html).toContain(`<link rel="icon" href="${logo}" type="image/svg+xml"/>`)

    const policy = headers.get('content-security-policy')
    expect(policy).toBe((await visitorOf(plain).open('/login')).headers.get('content-security-policy'))
    expect(html).not.toMatch(/ style="|<style|https?:\/\//)
    await gatelodge.close()
    await plain.close()
  })

  it('is there for what browsers ask by themselves: the icon, the icon of a phone’s home screen, and their own frame', async () => {
    const looks: [settings: object, favicon: string, touchIcon: RegExp, colors: string[]][] = [
      [{}, 'image/x-icon', /^\/assets\/touch-icon\.\w+\.png$/, ['#f4f5f2', '#101412']],
      [
        { siteLogo, brandColor: '#7a1f4b, #f0a0c8' },
        'image/svg+xml; charset=utf-8',
        /touch-icon/,
        ['#7a1f4b', '#f0a0c8'],
      ],
      [{ siteLogo: png }, 'image/png', /^\/assets\/logo\.\w+\.png$/, ['#f4f5f2', '#101412']],
    ]
    for (const [settings, favicon, touchIcon, colors] of looks) {
      const flags = { dataDir: folder, ...settings }
      const loaded = loadSettings({ flags })
      if (loaded.kind === 'faults') throw new Error('the settings are right')
      const { css: _, ...look } = { css: undefined, ...settings, brandColor: loaded.settings.brandColor }
      const app = await makeApp(throwawayDatabase(), look)
      const browser = app.visitor()
      const { html } = await browser.open('/login')
      const themes = [...html.matchAll(/<meta name="theme-color" content="([^"]+)"/g)].map((match) => match[1])
      expect(themes).toEqual(colors)
      const icon = await browser.send('GET', '/favicon.ico')
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, favicon])
      expect(icon.headers.get('cache-control')).toBe('public, max-age=604800')
      expect(icon.headers.getSetCookie()).toEqual([])
      const path = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(html)?.[1] ?? ''
      expect(path).toMatch(touchIcon)
      const touch = await browser.send('GET', path)
      expect([touch.status, touch.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(touch.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      await app.close()
    }
  })

  it('uses the icon of the app that embeds it, and has its own below a path', async () => {
    const inside = await openGatelodge(throwawayDatabase())
    expect(await inside.fetch(new Request('http://localhost:3000/favicon.ico'))).toBeUndefined()
    await inside.close()
    const below = await makeApp(throwawayDatabase(), { basePath: '/auth' })
    const { html } = await below.visitor().open('/auth/login')
    expect(html).toContain('<link rel="apple-touch-icon" href="/auth/assets/touch-icon.')
    const answer = await below.visitor().send('GET', '/auth/favicon.ico')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/x-icon'])
    await below.close()
  })

  it('gets another name with another content, and is compressed where that helps', async () => {
    const pathOf = async (config: { css?: string; siteLogo?: string }, pattern: RegExp) => {
      const app = await makeApp(throwawayDatabase(), config)
      const browser = app.visitor()
      const path = pattern.exec((await browser.open('/login')).html)?.[0] ?? ''
      const { headers } = await browser.send('GET', path, undefined, { 'accept-encoding': 'br, gzip' })
      await app.close()
      return { path, encoding: headers.get('content-encoding'), type: headers.get('content-type') }
    }
    const own = /\/assets\/own[^"]+/
    const first = await pathOf({ css }, own)
    const second = await pathOf({ css: file('other.css', 'main { color: red }') }, own)
    expect(first.path).not.toBe(second.path)
    expect(first.encoding).toBe('br')
    expect(await pathOf({ siteLogo: png }, /\/assets\/logo[^"]+/)).toMatchObject({ encoding: null, type: 'image/png' })
  })

  it('is among the addresses that Express and Fastify leave to us', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase(), { css })
    const path = /\/assets\/own[^"]+/.exec((await visitorOf(gatelodge).open('/login')).html)?.[0] ?? ''
    const routes: string[] = []
    await gatelodge.fastify(recordingFastify(routes))
    let isPassedOn = false
    const request = { url: '/assets/own.css', headers: {} } as never
    await gatelodge.express()(request, {} as never, () => {
      isPassedOn = true
    })
    expect([routes.includes(path), isPassedOn]).toEqual([true, true])
    await gatelodge.close()
  })

  it('that nobody could read is refused at start, with a color that would work', () => {
    expect(faultsOf({ brandColor: '#ffcc00' })).toMatch(
      /brandColor: a colour that can be read on white, such as #[\da-f]{6}/,
    )
    const near = /such as (#[\da-f]{6}) /.exec(faultsOf({ brandColor: '#ffcc00' }))?.[1]
    expect(faultsOf({ brandColor: near })).toBe('')
    expect(faultsOf({ brandColor: '#7a1f4b, #111111' })).toMatch(/second colour .* such as #[\da-f]{6}/)
    expect(faultsOf({ brandColor: 'red' })).toMatch(/a colour such as #1f6f54/)
    expect(faultsOf({ brandColor: '#7a1f4b;}' })).toMatch(/a colour such as/)
  })

  it('that is no such file is refused at start', () => {
    expect(faultsOf({ css: join(folder, 'none.css') })).toMatch(/^css: a file that this process can read, \.css/)
    expect(faultsOf({ css: siteLogo })).toMatch(/^css: /)
    expect(faultsOf({ siteLogo: file('page.html', '<p>') })).toMatch(/^siteLogo: .*\.svg, \.png/)
    expect(faultsOf({ siteLogo: file('large.png', Buffer.alloc(200 * 1024 + 1)) })).toMatch(/200 KiB/)
    expect(faultsOf({ siteLogo: png })).toBe('')
  })
})

it('Each class of a page is one of the style sheet', () => {
  const read = (part: string, extension: string) =>
    readdirSync(new URL(`../src/${part}`, import.meta.url), { recursive: true })
      .filter((name) => String(name).endsWith(extension))
      .map((name) => readFileSync(new URL(`../src/${part}/${name}`, import.meta.url), 'utf8'))
  const styles = read('web/styles', '.css').join('\n')
  const pages = [...read('web', '.tsx'), ...read('capabilities', '.tsx'), ...read('api', '.tsx')].join('\n')
  const classes = new Set([...pages.matchAll(/ class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')))
  expect(classes.size).toBeGreaterThan(20)
  expect([...classes].filter((name) => !new RegExp(`\\.${name}(?![\\w-])`).test(styles))).toEqual([])
})
