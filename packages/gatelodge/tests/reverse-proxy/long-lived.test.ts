import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { cookieLine, openSocket } from '../support/raw-connection.ts'
import { useUpstreamSite } from '../support/upstream-site.ts'
import { someone, type Visitor } from '../support/visitor.ts'

/** The streams of events that the app has begun, by their address. */
const streams = new Map<string, ServerResponse>()

function answer(asked: IncomingMessage, reply: ServerResponse): void {
  streams.set(asked.url ?? '', reply)
  if (asked.url === '/upload') return void asked.once('data', () => streams.set('/upload-begun', reply)).resume()
  const type = types[asked.url ?? '']
  if (type) return void reply.writeHead(200, { 'content-type': type, 'x-accel-buffering': 'no' }).write('{"n":1}\n')
  reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
}

const types: Record<string, string> = {
  '/lines': 'application/x-ndjson',
  '/pictures': 'multipart/x-mixed-replace; boundary=x',
  '/download': 'application/octet-stream',
  '/page': 'text/html',
}

onEachDatabase('What an app keeps open', (database) => {
  const site = useUpstreamSite(database, answer, { public: ['/open'], upstreamRecheck: 100 })

  async function registered() {
    const visitor = site().visitor()
    const person = someone()
    await visitor.open('/register')
    await visitor.submitOnly(person)
    return { visitor, person }
  }

  async function endsAllOthers(visitor: Visitor): Promise<void> {
    await visitor.open('/account/devices')
    const told = await visitor.submit({ others: 'yes' }, '/account/devices')
    expect(told.notice).toContain('logged out')
  }

  const eventsOf = async (visitor: Visitor, path: string) =>
    ((await visitor.send('GET', path)).body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader()

  it('sends each event on before the next one is there', async () => {
    const { visitor } = await registered()
    const events = await eventsOf(visitor, '/events')
    expect((await events.read()).value).toBe('data: first\n\n')
    streams.get('/events')?.write('data: second\n\n')
    expect((await events.read()).value).toBe('data: second\n\n')
    streams.get('/events')?.end()
    expect((await events.read()).done).toBe(true)
  })

  it.each(Object.keys(types))('V7.4.1 ends with its session, of whatever type it is: %s', async (path) => {
    const { visitor, person } = await registered()
    const other = site().visitor()
    await other.open('/login')
    await other.submitOnly(person)
    const [ended, kept] = [await eventsOf(visitor, path), await eventsOf(other, path)]
    expect((await kept.read()).value).toBe('{"n":1}\n')
    const reply = streams.get(path)
    await endsAllOthers(other)
    await expect(drained(ended)).rejects.toThrow()
    // Looked at again since then, and still there.
    await new Promise((resolve) => setTimeout(resolve, 250))
    reply?.end('over')
    expect((await kept.read()).value).toBe('over')
  })

  it('V7.4.1 an upload ends with its session, before the app has answered', async () => {
    const { visitor, person } = await registered()
    const other = site().visitor()
    await other.open('/login')
    await other.submitOnly(person)
    const socket = connect(site().port, '127.0.0.1')
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')))
    socket.on('error', () => {})
    socket.write(`POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n${cookieLine(visitor)}\r\nfirst`)
    while (!streams.has('/upload-begun')) await new Promise((resolve) => setTimeout(resolve, 10))
    const behind = streams.get('/upload-begun')
    streams.delete('/upload-begun')
    const cut = new Promise((resolve) => behind?.once('close', () => resolve('cut')))
    await endsAllOthers(other)
    expect(await Promise.all([closed, cut])).toEqual(['closed', 'cut'])
  })

  it('V7.4.1 is closed when its session has been ended elsewhere, and nobody else’s is', async () => {
    const { visitor, person } = await registered()
    const other = site().visitor()
    await other.open('/login')
    await other.submitOnly(person)
    site().behind.on('upgrade', echo)
    const [kept, ended] = [await openSocket(site(), other), await openSocket(site(), visitor)]
    const events = await eventsOf(visitor, '/ended')
    const everybodys = await eventsOf(site().visitor(), '/open')
    await endsAllOthers(other)
    await Promise.all([ended.closed, expect(drained(events)).rejects.toThrow()])
    // Looked at again since then, and still there.
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(await kept.says('still here')).toContain('still here')
    expect((await everybodys.read()).value).toBe('data: first\n\n')
    kept.destroy()
    await everybodys.cancel()
  })
})

function echo(_: IncomingMessage, socket: import('node:stream').Duplex): void {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  socket.pipe(socket)
}

async function drained(reader: { read(): Promise<{ done: boolean }> }): Promise<void> {
  while (!(await reader.read()).done);
}
