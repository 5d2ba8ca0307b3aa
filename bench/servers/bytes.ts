// An app with large files: gives as many bytes as its address says, or reads the body and answers with its length.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const piece = Buffer.alloc(64 * 1024)

function give(reply: ServerResponse, left: number): void {
  let rest = left
  while (rest > 0) {
    rest -= piece.length
    if (!reply.write(piece)) return void reply.once('drain', () => give(reply, rest))
  }
  reply.end()
}

const server = createServer(async (asked, reply) => {
  if (asked.method === 'GET') return give(reply, Number(asked.url?.slice(1)))
  let bytes = 0
  for await (const part of asked) bytes += part.length
  reply.end(String(bytes))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
