// Someone sends a guess and is gone before it is looked at: it is still known from where it came.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listen } from '../src/server.ts'
import { makeApp, throwawayDatabase } from './support/make-app.ts'

const body = JSON.stringify({ email: 'nobody@example.org', password: 'quiet amber windmill' })
const guess = `POST /api/v1/login HTTP/1.1\r
Host: localhost\r
Accept: application/json\r
Content-Type: application/json\r
Cookie: gatelodge-0=${'A'.repeat(43)}\r
Content-Length: ${body.length}\r
\r
${body}`

it('V6.3.1 V16.2.1 a guess is counted and recorded with its address, also when its connection is gone by then', async () => {
  const { services } = await makeApp(throwawayDatabase(), { port: 0 })
  const running = await listen(services)
  const recorded = () => services.database.db.selectFrom('gatelodge_audit').select('client_address').execute()
  try {
    for (let time = 0; time < 5; time += 1) {
      const socket = connect(running.port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write(guess)
      setImmediate(() => socket.resetAndDestroy())
      await once(socket, 'close')
    }
    for (let time = 0; time < 100 && (await recorded()).length < 5; time += 1) await pause(20)
    expect(await recorded()).toEqual(Array(5).fill({ client_address: '127.0.0.1' }))
  } finally {
    await running.stop()
  }
})
