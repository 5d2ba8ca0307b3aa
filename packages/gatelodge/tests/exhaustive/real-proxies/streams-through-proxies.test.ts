// Every configuration for a proxy that the docs print or name, run by the real program: what is large, slow or open for long
// goes through as it comes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Configured, configurations, type Name, phpFolder, startConfigured } from '../../support/configured.ts'
import { have, runs } from '../../support/debian.ts'
import { freePort } from '../../support/mysql-server.ts'

const mega = 1024 * 1024
const whole = 200 * mega
const piece = Buffer.alloc(mega)
/** What a proxy may need for itself; the upload is larger. */
const most = 120 * mega

/** PHP has no WebSockets, and has its own test below. */
const names = (Object.keys(configurations) as Name[]).filter((name) => !name.includes('php'))

describe.each(names)('%s', (name) => {
  let behind: Server
  let proxy: Configured
  /** What reached the app last. */
  let asked: Promise<[IncomingMessage, ServerResponse]>

  beforeAll(async () => {
    // What asks whether the proxy is there gets an answer; all else is answered by the tests.
    behind = createServer(({ url }, reply) => url === '/' && reply.end())
    behind.on('upgrade', echo).listen(0, '127.0.0.1')
    await once(behind, 'listening')
    proxy = await startConfigured(name, behind)
  })
  afterAll(async () => {
    await proxy?.stop()
    behind?.close()
  })

  function ask(method: string, path: string, headers: Record<string, string | number> = {}) {
    asked = once(behind, 'request') as typeof asked
    return proxy.request(proxy.options(method, path, headers))
  }

  it.each([
    ['with its length', { 'content-length': whole }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('passes an upload of 200 MB while it comes, and holds none of it: %s', async (_, headers) => {
    const sent = ask('PUT', '/upload', headers)
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    sent.write(piece)
    const [body, reply] = await asked
    const [first] = (await once(body, 'data')) as [Buffer]
    // The app has its beginning, and the rest is not even sent.
    let length = first.length
    body.on('data', (more: Buffer) => {
      length += more.length
    })
    body.on('end', () => reply.end(String(length)))
    for (let megas = 1; megas < 200; megas += 1) if (!sent.write(piece)) await once(sent, 'drain')
    sent.end()
    const [answer] = await answered
    expect([answer.statusCode, await read(answer)]).toEqual([200, String(whole)])
    expect(filesOf(proxy)).toEqual([])
    expect(peakOf(proxy.pid)).toBeLessThan(most)
  })

  it('passes each event before the next one is there', async () => {
    const sent = ask('GET', '/events').end()
    const [, reply] = await asked
    reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    expect(String((await once(answer, 'data'))[0])).toBe('data: first\n\n')
    reply.write('data: second\n\n')
    expect(String((await once(answer, 'data'))[0])).toBe('data: second\n\n')
    reply.end()
    await once(answer, 'end')
  })

  it('passes a WebSocket, both ways', async () => {
    const handshake = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
    const sent = ask('GET', '/socket', { connection: 'Upgrade', upgrade: 'websocket', ...handshake }).end()
    const [, socket] = (await once(sent, 'upgrade')) as [IncomingMessage, Duplex]
    for (const words of ['hello', 'and again']) {
      socket.write(words)
      expect(String((await once(socket, 'data'))[0])).toBe(words)
    }
    socket.destroy()
  })
})

describe('examples/php-behind-nginx/nginx.conf', () => {
  /** An upload: notes when it has the first byte, and counts the rest. Else events: the second waits for a file. */
  const page = `<?php
    header('Content-Type: text/event-stream');
    if ($_SERVER['REQUEST_URI'] === '/upload') {
      $body = fopen('php://input', 'r');
      $length = strlen(fread($body, 1));
      touch(__DIR__ . '/begun');
      while (!feof($body)) $length += strlen(fread($body, 1048576));
      echo $length;
    } else if ($_SERVER['REQUEST_URI'] === '/events') {
      echo "data: first\\n\\n";
      while (ob_get_level()) ob_end_flush();
      flush();
      do { clearstatcache(); usleep(10000); } while (!file_exists(__DIR__ . '/next'));
      echo "data: second\\n\\n";
    }`
  const folder = phpFolder(page)
  let php: ChildProcess
  let proxy: Configured

  beforeAll(async () => {
    have(['php-cgi'], () => runs('php-cgi', '-v'))
    const port = await freePort()
    php = spawn('php-cgi', ['-d', 'post_max_size=0', '-b', `127.0.0.1:${port}`], { stdio: 'ignore' })
    proxy = await startConfigured('examples/php-behind-nginx/nginx.conf', port, folder)
    const status = async () => {
      const [answer] = (await once(proxy.request(proxy.options('GET', '/')).end(), 'response')) as [IncomingMessage]
      return answer.resume().statusCode
    }
    while ((await status()) !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
  })
  afterAll(async () => {
    await proxy?.stop()
    php?.kill()
  })

  it('passes an upload of 200 MB while it comes, and holds none of it', async () => {
    const sent = proxy.request(proxy.options('PUT', '/upload', { 'content-length': whole }))
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    sent.write(piece)
    // PHP has its beginning, and the rest is not even sent.
    while (!existsSync(join(folder, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 10))
    for (let megas = 1; megas < 200; megas += 1) if (!sent.write(piece)) await once(sent, 'drain')
    sent.end()
    const [answer] = await answered
    expect([answer.statusCode, await read(answer)]).toEqual([200, String(whole)])
    expect(filesOf(proxy)).toEqual([])
    expect(peakOf(proxy.pid)).toBeLessThan(most)
  })

  it('passes each event before the next one is there', async () => {
    const [answer] = (await once(proxy.request(proxy.options('GET', '/events')).end(), 'response')) as [IncomingMessage]
    expect(String((await once(answer, 'data'))[0])).toBe('data: first\n\n')
    writeFileSync(join(folder, 'next'), '')
    expect(await read(answer)).toBe('data: second\n\n')
  })
})

function echo(_: IncomingMessage, socket: Duplex): void {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  socket.pipe(socket)
}

async function read(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of answer) text += part
  return text
}

/** Bodies that nginx keeps in files, where it keeps them. */
function filesOf({ folder }: Configured): string[] {
  const folders = ['client_body', 'proxy', 'fastcgi']
    .map((name) => `${folder}/${name}`)
    .filter((one) => existsSync(one))
  return folders.flatMap((one) => readdirSync(one))
}

/** Bytes of memory that a process and its children had at most, as Linux counts them. */
function peakOf(pid: number): number {
  const kilobytes = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return kilobytes * 1024 + children.reduce((sum, child) => sum + peakOf(Number(child)), 0)
}
