// An app of someone, at its least: one line of text, and no question who asks.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = 'Hello\n'

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
