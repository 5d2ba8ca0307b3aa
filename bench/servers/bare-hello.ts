// The least the product's own framework can do: Hono on its Node adapter, one line of text.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/login', (c) => c.text('hello'))

const server = createAdaptorServer({ fetch: app.fetch }) as Server
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
