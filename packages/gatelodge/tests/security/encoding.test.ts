// Chapter V1: what people type stays what it is, wherever it goes.
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/identity/accounts/address.ts'
import { parseName } from '../../src/identity/accounts/name.ts'
import { days } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { filesWith } from '../support/documents.ts'
import { makeApp, movedClock, useApp } from '../support/make-app.ts'
import { someone, textOf } from '../support/visitor.ts'

onEachDatabase('What people type', (database) => {
  const app = useApp(database)

  it.each([
    ['V1.2.2', 'javascript:alert(1)'],
    ['V1.2.2', 'data:text/html,x'],
    ['V1.2.2', 'vbscript:x'],
  ])('%s is followed nowhere: %s', async (_, given) => {
    const browser = app().visitor()
    const { html } = await browser.open(`/login?return_to=${encodeURIComponent(given)}`)
    expect(html).not.toContain(given)
    expect(html).not.toMatch(/(?:href|action|src)="(?!\/|#|mailto:)/)
    await browser.register()
    expect(
      (await app().visitor().json('POST', '/api/v1/login', { email: 'a@b.cd', password: 'x', return_to: given }))
        .status,
    ).toBe(401)
  })

  it('V1.2.2 is percent-encoded where it stands in an address', async () => {
    const browser = app().visitor()
    const wanted = '/account?a="<b>&c=ü d'
    const { html } = await browser.open(`/login?return_to=${encodeURIComponent(wanted)}`)
    const links = [...html.matchAll(/href="(\/register\?return_to=[^"]+)"/g)].map(([, link]) => link)
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(link).toMatch(/^\/register\?return_to=[\w%.~!*'()-]+$/)
  })

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are what someone might type
  it.each([
    ['V1.2.3', '</script><script>alert(1)</script>'],
    ['V1.3.5', '[x](javascript:1) *b* # h'],
    ['V1.3.7', '${7*7} {{7*7}} <%=7*7%> #{7*7}'],
    ['V1.2.1', '"><svg onload=1> \' & &amp;'],
  ])('%s is shown to people and given to programs as it was typed: %s', async (_, name) => {
    const browser = app().visitor()
    await browser.json('POST', '/api/v1/register', someone({ name }))
    const { html } = await browser.open('/account')
    expect(textOf(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? '')).toBe(`Hello, ${name}`)
    expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/)|<svg onload/)
    const answer = await browser.send('GET', '/api/v1/session')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(JSON.parse(await answer.text()).account.name).toBe(name)
  })
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are what someone might type
})

describe('An address or a name', () => {
  it.each(['\r\nBcc: eve@example.org', '\n', '\r', '\0', '\u2028'])(
    'V1.3.11 that would change the head of an email is refused: %j',
    (evil) => {
      for (const text of [`ada${evil}@example.org`, `ada@example.org${evil}`])
        expect(parseAddress(text), text).toBeUndefined()
      expect(parseName(`Ada${evil}Lovelace`)).toEqual({ refusal: 'control-characters' })
    },
  )

  it.each([
    'a@b.cd,eve@example.org',
    'a@b.cd;eve@example.org',
    '<a@b.cd>',
    'Ada <a@b.cd>',
    '"a b"@b.cd',
    'a@b.cd, <e@f.gh>',
  ])('V1.3.11 that would be two is refused: %s', (text) => expect(parseAddress(text)).toBeUndefined())
})

it('V1.2.9 no pattern is built from what someone typed: none is built at all', () => {
  expect(filesWith(/new RegExp\(|(?<![.\w])RegExp\(/)).toEqual([])
})

onEachDatabase('Numbers and moments', (database) => {
  it('V1.4.2 hold beyond 2038 and up to the year 9999', async () => {
    for (const year of [2038, 9999]) {
      const clock = movedClock(Date.UTC(year, 1, 1))
      const app = await makeApp(database, {}, { clock })
      const browser = app.visitor()
      await browser.register()
      clock.pass(days(0.4))
      expect((await browser.open('/account')).status).toBe(200)
      clock.pass(days(1))
      expect((await browser.open('/account')).path).toBe('/login')
      await app.close()
    }
  })

  it.each(['-1', '1e309', '9007199254740993', '0x10', '[]', 'NaN', ''])(
    'V1.4.2 are none of the input: %j in an address is not found',
    async (number) => {
      const app = await makeApp(database)
      const answer = await app.visitor().send('GET', `/account/${encodeURIComponent(number)}x`)
      expect(answer.status).toBe(404)
      await app.close()
    },
  )
})

it('V1.3.2 the suite runs where Node makes no code of text', () => {
  // biome-ignore lint/complexity/useArrowFunction: the point is the constructor
  expect(() => Reflect.construct(function () {}.constructor as FunctionConstructor, ['return 1'])).toThrow(EvalError)
})
