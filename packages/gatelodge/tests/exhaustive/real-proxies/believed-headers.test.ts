// Every configuration in examples/, and every header that an app might believe: none comes from outside.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { believedNames, spellings } from '../../support/believed-names.ts'
import { type Configured, type Name, phpFolder, startConfigured } from '../../support/configured.ts'
import { have, runs } from '../../support/debian.ts'
import { freePort } from '../../support/mysql-server.ts'

const dump = '<?php header("Content-Type: application/json"); echo json_encode($_SERVER);'

/** Not too many for one request; each once in capital letters, too. */
const sets = {
  'with hyphens': believedNames,
  'in capital letters': believedNames.map((name) => name.toUpperCase()),
  'with underscores': believedNames.map((name) => name.replaceAll('-', '_')),
  'with dots': believedNames.map((name) => name.replaceAll('-', '.')),
  'with some underscores': believedNames.flatMap(spellings).filter((name) => /-.*_|_.*-/.test(name)),
}

const beside: Name[] = [
  'examples/nginx/gatelodge.conf',
  'examples/nginx/two-hosts.conf',
  'examples/caddy/Caddyfile',
  'examples/php-behind-nginx/nginx.conf',
]

describe.each(beside)('%s', (name) => {
  let behind: Server
  let php: ChildProcess | undefined
  let proxy: Configured

  beforeAll(async () => {
    behind = createServer(({ headers }, answer) => answer.end(JSON.stringify(headers))).listen(0, '127.0.0.1')
    await once(behind, 'listening')
    if (!name.includes('php')) {
      proxy = await startConfigured(name, behind)
      return
    }
    have(['php-cgi'], () => runs('php-cgi', '-v'))
    const port = await freePort()
    php = spawn('php-cgi', ['-b', `127.0.0.1:${port}`], { stdio: 'ignore' })
    proxy = await startConfigured(name, port, phpFolder(dump))
    while ((await ask({})).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
  })
  afterAll(async () => {
    await proxy?.stop()
    php?.kill()
    behind?.close()
  })

  async function ask(headers: Record<string, string>): Promise<{ status: number | undefined; text: string }> {
    const [answer] = (await once(proxy.request(proxy.options('GET', '/books', headers)).end(), 'response')) as [
      IncomingMessage,
    ]
    let text = ''
    for await (const piece of answer) text += piece
    return { status: answer.statusCode, text }
  }

  it('sends the app the identity', async () => {
    const { status, text } = await ask({})
    expect([status, text]).toEqual([200, expect.stringContaining(proxy.email)])
  })

  it.each(Object.entries(sets))('V4.1.3 passes none of them %s', async (_, names) => {
    // Some fifty at a time: more would not fit into the headers of one request.
    for (let start = 0; start < names.length; start += 50) {
      const forged = Object.fromEntries(names.slice(start, start + 50).map((one) => [one, `forged-${one}`]))
      const { status, text } = await ask(forged)
      expect([status, text.match(/forged-[\w.-]+/g)]).toEqual([200, null])
      expect(text).toContain(proxy.email)
    }
  })

  it('V4.1.3 passes what is of the app alone', async () => {
    expect((await ask({ 'x-own': 'kept-as-it-is' })).text).toContain('kept-as-it-is')
  })
})

describe('examples/traefik/gatelodge.yml', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../../examples/traefik/gatelodge.yml'), 'utf8')
  /** Traefik replaces these at its door, before any middleware; the headers are canonical in Go, so case is no matter. */
  const ofTraefik = ['For', 'Host', 'Proto', 'Port', 'Server'].map((name) => `X-Forwarded-${name}`).concat('X-Real-Ip')

  it('V4.1.3 removes each of them, with hyphens and underscores, before it asks who it is', () => {
    const removed = [...text.matchAll(/^ {10}([\w-]+): ""$/gm)].map(([, name]) => name)
    const wanted = believedNames.flatMap(spellings).filter((name) => !ofTraefik.includes(name))
    expect(removed.sort()).toEqual(wanted.sort())
    expect(text).toMatch(/^ {6}middlewares: \[strip-identity, gatelodge\]$/m)
    expect(text).toMatch(/^ {6}headers:\n {8}customRequestHeaders:\n {10}Remote-User: ""$/m)
  })
})
