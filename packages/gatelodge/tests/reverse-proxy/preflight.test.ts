import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { methodList } from '../../src/config/values.ts'
import { onEachDatabase } from '../support/databases.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { someone } from '../support/visitor.ts'

const answer = ({ method, headers }: IncomingMessage, reply: ServerResponse) =>
  reply
    .writeHead(204, { 'access-control-allow-origin': headers.origin, 'x-heard': JSON.stringify([method, headers]) })
    .end()

const preflight = { origin: 'https://shop.example.org', 'access-control-request-method': 'PUT', accept: '*/*' }

onEachDatabase('A preflight to the app behind', (database) => {
  const shut = useUpstreamSite(database, answer)
  const open = useUpstreamSite(database, answer, { publicMethods: methodList.parse('OPTIONS') })

  it('V3.5.2 needs a login like everything else, as long as nobody asks for more', async () => {
    expect((await shut().visitor().send('OPTIONS', '/notes', undefined, preflight)).status).toBe(401)
  })

  it('passes where the settings say so, and names nobody, not even who is logged in', async () => {
    const visitor = open().visitor()
    await visitor.open('/register')
    await visitor.submitOnly(someone())
    for (const browser of [visitor, open().visitor()]) {
      const forged = { ...preflight, 'remote-user': 'root', 'remote-token': 'root' }
      const reply = await browser.send('OPTIONS', '/notes', undefined, forged)
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([204, preflight.origin])
      const [method, headers] = JSON.parse(reply.headers.get('x-heard') ?? '')
      expect(method).toBe('OPTIONS')
      expect(Object.keys(headers).filter((name) => /remote|auth|user|cookie/.test(name))).toEqual([])
    }
  })

  it.each<[string, string, Record<string, string>, string | undefined]>([
    ['another method', 'DELETE', preflight, undefined],
    ['a HEAD', 'HEAD', preflight, undefined],
    ['no origin', 'OPTIONS', { ...preflight, origin: '' }, undefined],
    ['no method that is to follow', 'OPTIONS', { ...preflight, 'access-control-request-method': '' }, undefined],
    ['a body', 'OPTIONS', preflight, 'x=1'],
  ])('V3.5.2 is nothing else: %s', async (_, method, headers, body) => {
    expect((await open().visitor().send(method, '/notes', body, headers)).status).toBe(401)
  })

  it.each(['GET', 'OPTIONS,POST', 'options', '*'])('V3.5.2 is all that can be asked for, not %s', (methods) => {
    expect(methodList.safeParse(methods).success).toBe(false)
  })
})
