import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }

onEachDatabase('A posted body', (database) => {
  const app = useApp(database)
  const post = (body: string, headers: Record<string, string>) =>
    app()
      .visitor()
      .send('POST', headers === json ? '/api/v1/login' : '/login', body, headers)

  it('is refused with 413 over 64 KiB, chunked too', async () => {
    expect((await post(`email=${'a'.repeat(65 * 1024)}`, form)).status).toBe(413)
    const chunks = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('a'.repeat(1024)))
      },
    })
    const headers = { ...form, origin: 'http://localhost:3000' }
    const chunked = new Request('http://localhost:3000/login', {
      method: 'POST',
      body: chunks,
      headers,
      duplex: 'half',
    } as RequestInit)
    expect((await app().fetch(chunked)).status).toBe(413)
    expect((await post(`email=${'a'.repeat(60 * 1024)}`, form)).status).toBe(303)
  })

  it.each([
    ['V15.3.7 the same field twice', 'email=a&email=b', form],
    ['V15.3.7 a field twice, spelled differently', 'email=a&%65mail=b', form],
    ['bytes that are no UTF-8', 'password=%ff%fe', form],
    ['half a character', 'password=%ed%a0%80', form],
    ['a broken escape of UTF-8', 'password=%c3', form],
    ['101 fields', 'a=&'.repeat(100), form],
    ['100,000 fields of one character', 'a&'.repeat(30_000), form],
    ['JSON that is none', '{"email":', json],
    ['JSON that is a list', '[]', json],
    ['JSON that is a text', '"email"', json],
    ['JSON that is null', 'null', json],
    ['V1.5.3 a key of JSON twice', '{"email":"a","email":"b"}', json],
    ['V1.5.3 a key of JSON twice, spelled differently', '{"a\\"":{},"email":"a", "em\\u0061il" :"b"}', json],
    ['V1.5.3 a key of JSON twice, further in', '{"email":[{"a":{},"b":"{","a":1}]}', json],
    ['V1.5.2 JSON nested 10,000 deep that does not end', '['.repeat(10_000), json],
  ])('with %s is refused with 400', async (_, body, headers) => {
    expect((await post(body, headers)).status).toBe(400)
  })

  it('V1.5.3 with one key in several objects, or as a text, is read', async () => {
    const body = '{"a":{"email":1},"b":[{"email":1},{"email":2}],"c":"\\"c\\":","email":"a@b.cd","password":"email"}'
    expect((await post(body, json)).status).toBe(401)
  })

  it('V16.3.4 that breaks off is refused, and is no failure of ours', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('aborted'))
      },
    })
    const request = new Request('http://localhost:3000/login', {
      method: 'POST',
      body,
      headers: form,
      duplex: 'half',
    } as RequestInit)
    expect((await app().fetch(request)).status).toBe(400)
    expect(app().logged.filter(({ msg }) => msg === 'request.failed')).toEqual([])
  })

  it.each([
    ['V1.5.2 JSON nested 10,000 deep', `{"email":${'['.repeat(10_000)}${']'.repeat(10_000)},"password":"x"}`],
    ['V15.3.5 an object for a text', '{"email":{},"password":"x"}'],
    ['V15.3.5 a list for a text', '{"email":["a@b.cd"],"password":"x"}'],
    ['V15.3.5 a number for a text', '{"email":"a@b.cd","password":7}'],
    ['V15.3.5 null for a text', '{"email":"a@b.cd","password":null}'],
  ])('with %s is refused with 422 at its field', async (_, body) => {
    const answer = await post(body, json)
    expect(answer.status).toBe(422)
    expect((await answer.json()) as object).toMatchObject({ code: 'fields', errors: [{ code: 'not-text' }] })
  })

  it('V15.3.6 with keys like __proto__ changes no object of ours', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '__proto__[admin]', 'constructor.prototype.admin']) {
      await post(`${encodeURIComponent(key)}=1&email=a`, form)
      await post(JSON.stringify({ email: 'a@b.cd', password: 'x' }).replace('{', `{"${key}":{"admin":true},`), json)
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  it('V8.2.3 V15.3.3 with more fields than the form has sets nothing with them', async () => {
    const ada = someone()
    const more = { id: '0', disabled_at: '1', created_at: '1', version: '9', admin: 'true', role: 'admin' }
    expect(
      (
        await app()
          .visitor()
          .json('POST', '/api/v1/register', { ...ada, ...more })
      ).status,
    ).toBe(201)
    const { db } = app().services.database
    const row = await db
      .selectFrom('gatelodge_accounts')
      .selectAll()
      .where('email', '=', ada.email ?? '')
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ disabled_at: null, created_at: app().clock.now() })
  })

  it('V15.3.5 with brackets behind a name is another field', async () => {
    const browser = app().visitor()
    await browser.open('/login')
    const { location } = Object.fromEntries(
      (await browser.send('POST', '/login', 'email[]=a&email[x]=b', form)).headers,
    )
    expect((await browser.open(location ?? '')).summary).toEqual(['Enter your email address', 'Enter your password'])
  })

  it('that is compressed is refused with 415', async () => {
    expect((await post('email=a', { ...form, 'content-encoding': 'gzip' })).status).toBe(415)
  })
})
