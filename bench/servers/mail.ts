// A mail server that takes everything and keeps nothing. Now and then it prints how many emails it has taken.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

let taken = 0
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(message, _, done) {
    message.resume()
    message.on('end', () => {
      taken += 1
      done()
    })
  },
})
server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port))
setInterval(() => process.send?.({ taken }), 50)
process.once('SIGTERM', () => process.exit(0))
