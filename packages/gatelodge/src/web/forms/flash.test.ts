import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeApp, throwawayDatabase } from '../../../tests/support/make-app.ts'
import { minutes } from '../../time.ts'

describe('The visitor cookie', () => {
  it('V3.3.5 V4.2.5 stays under 4096 bytes, whatever was typed', async () => {
    const app = await makeApp(throwawayDatabase(), { baseUrl: 'https://accounts.example.org' })
    const long = fc.oneof(
      fc.string({ unit: 'binary', minLength: 200, maxLength: 1_500 }),
      fc.constantFrom('"', '\\', '\u0001', 'é', '🌲', '<', '\u2028').map((character) => character.repeat(1_200)),
    )
    const property = fc.asyncProperty(long, long, async (name, email) => {
      const browser = app.visitor()
      await browser.open(`/register?return_to=/${'r'.repeat(900)}`)
      const answer = await browser.submitOnly({ name: name.toWellFormed(), email: email.toWellFormed(), password: 'x' })
      expect(answer.status).toBe(303)
      for (const line of answer.headers.getSetCookie()) expect(Buffer.byteLength(line)).toBeLessThan(4096)
      expect((await browser.open(answer.headers.get('location') ?? '')).summary).not.toEqual([])
    })
    await fc.assert(property, { numRuns: 60 })
    await app.close()
  })

  it('is invalid once it is an hour old, changed, or sealed by someone else', async () => {
    const app = await makeApp(throwawayDatabase())
    const noticeAfter = async (spoil: (cookie: string) => string, time = 0) => {
      const browser = app.visitor()
      await browser.send('GET', '/account')
      browser.cookies.set('gatelodge-visitor', spoil(browser.cookies.get('gatelodge-visitor') ?? ''))
      app.clock.pass(time)
      return (await browser.open('/login')).notice
    }
    expect(await noticeAfter((cookie) => cookie)).toBe('Log in to see that page.')
    expect(await noticeAfter((cookie) => cookie, minutes(60))).toBeUndefined()
    expect(await noticeAfter((cookie) => `A${cookie.slice(1, -1)}A`)).toBeUndefined()
    expect(await noticeAfter(() => 'nonsense')).toBeUndefined()
    const other = await makeApp(throwawayDatabase(), { secret: ['another-secret-0123456789-abcdefghijklm'] })
    const stranger = other.visitor()
    await stranger.send('GET', '/account')
    expect(await noticeAfter(() => stranger.cookies.get('gatelodge-visitor') ?? '')).toBeUndefined()
    await app.close()
    await other.close()
  })

  it('is set only when there is something to carry, and goes when there is nothing left', async () => {
    const app = await makeApp(throwawayDatabase())
    const browser = app.visitor()
    const paths = ['/login', '/register', '/forgot-password', '/login?return_to=%2Faccount', '/logout', '/nothing-here']
    for (const path of paths) await browser.open(path)
    expect([...browser.cookies.keys()]).toEqual([])
    await browser.send('GET', '/account')
    expect([...browser.cookies.keys()]).toEqual(['gatelodge-visitor'])
    expect((await browser.open('/login')).notice).toBe('Log in to see that page.')
    expect([...browser.cookies.keys()]).toEqual([])
    await app.close()
  })

  it('shows what was typed on its own form only, but for the address, which all ways in ask for', async () => {
    const app = await makeApp(throwawayDatabase())
    const browser = app.visitor()
    await browser.open('/register')
    await browser.submitOnly({ name: 'Ada', email: 'typed@example.org', password: 'x' })
    expect((await browser.open('/login')).html).not.toContain('Ada')
    await app.close()
  })
})
