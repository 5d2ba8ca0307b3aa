import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { useFront } from '../support/front-site.ts'
import { openSocket } from '../support/raw-connection.ts'
import { somebody, type Visitor } from '../support/visitor.ts'

/** The streams of events that the app has begun, by their address. */
const streams = new Map<string, ServerResponse>()

function answer(asked: IncomingMessage, reply: ServerResponse): void {
  streams.set(asked.url ?? '', reply)
  reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n')
}

onEachDatabase('What an app keeps open', (database) => {
  const site = useFront(database, answer, { public: ['/open'], upstreamRecheck: 100 })

  async function registered() {
    const visitor = site().visitor()
    const person = somebody()
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
