// Bodies of any size pass without being held: where one end does not read, the other has to wait.
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { type UpstreamSite, useUpstreamSite } from '../support/upstream-site.ts'

const mega = 1024 * 1024
const whole = 64 * mega
/** What the system holds for two connections, and no more of ours than a few pieces. */
const most = 32 * mega
const piece = Buffer.alloc(256 * 1024)

/** What the app does with the next request. */
let behind: (asked: IncomingMessage, reply: ServerResponse) => void

onEachDatabase('In front of an app, a large body', (database) => {
  const site = useUpstreamSite(database, (asked, reply) => behind(asked, reply), { public: ['/*'] })

  it('comes down only as fast as it is read', async () => {
    const sent = { bytes: 0 }
    behind = (_, reply) => void pour(reply, sent)
    const answer = await ask(site(), 'GET')
    await untilStill(sent)
    expect(sent.bytes).toBeLessThan(most)
    expect(await drain(answer)).toBe(whole)
  })

  it('goes up only as fast as the app takes it', async () => {
    const sent = { bytes: 0 }
    const asked = new Promise<[IncomingMessage, ServerResponse]>((resolve) => {
      behind = (...both) => resolve(both)
    })
    const answer = ask(site(), 'POST', (body) => pour(body, sent))
    const [body, reply] = await asked
    await untilStill(sent)
    expect(sent.bytes).toBeLessThan(most)
    expect(await drain(body)).toBe(whole)
    reply.end()
    await drain(await answer)
  })
})

async function ask({ port }: UpstreamSite, method: string, send?: (body: Writable) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, method, path: '/file' }, resolve).on('error', reject)
    if (send) send(asked)
    else asked.end()
  })
}

/** As fast as the other end lets us. */
function pour(to: Writable, sent: { bytes: number }): void {
  while (sent.bytes < whole) {
    sent.bytes += piece.length
    if (!to.write(piece)) return void to.once('drain', () => pour(to, sent))
  }
  to.end()
}

/** All three run in this process, so turns of its loop in which nothing moves are enough to know. */
async function untilStill(sent: { bytes: number }): Promise<void> {
  for (let [before, still] = [0, 0]; still < 20; before = sent.bytes) {
    await pause(10)
    still = sent.bytes > 0 && sent.bytes === before ? still + 1 : 0
  }
}

async function drain(stream: Readable): Promise<number> {
  let bytes = 0
  for await (const part of stream) bytes += (part as Buffer).length
  return bytes
}
