// By which name we greet a mail server, and whom an email comes from.
import { describe, expect, it } from 'vitest'
import { deliveryOf, writeEmail } from '../../tests/support/delivery.ts'
import { startMailServer } from '../../tests/support/mail-server.ts'
import { makeApp, throwawayDatabase } from '../../tests/support/make-app.ts'
import type { Settings } from '../config/schema.ts'

/** One email by a real SMTP server: how it was greeted (it gives that in small letters), and what came. */
async function sent(settings: Partial<Settings>) {
  const greetings: string[] = []
  const mail = await startMailServer({
    onMailFrom(_, { hostNameAppearsAs }, taken) {
      greetings.push(hostNameAppearsAs)
      taken()
    },
  })
  const app = await makeApp(throwawayDatabase(), { smtpUrl: mail.url, mailFrom: 'hello@example.org', ...settings })
  await writeEmail(app)
  const office = deliveryOf(app)
  expect(await office.deliver()).toBe(1)
  await office.close()
  await app.close()
  await mail.close()
  return { greeting: greetings[0], from: mail.arrived[0]?.message.from?.value, envelope: mail.arrived[0]?.envelope }
}

describe('The mail server', () => {
  it.each([
    [{ baseUrl: 'https://accounts.example.org:8443' }, 'accounts.example.org'],
    [{ baseUrl: 'http://localhost:3000' }, 'localhost'],
    [{ baseUrl: 'http://127.0.0.1:3000' }, '[127.0.0.1]'],
    [{ baseUrl: 'http://[::1]:3000' }, '[ipv6:::1]'],
    [{ baseUrl: 'https://accounts.example.org', smtpEhloName: 'mail.example.net' }, 'mail.example.net'],
  ])('with %j is greeted as %s', async (settings, greeting) => {
    expect((await sent(settings)).greeting).toBe(greeting)
  })

  it.each([
    ['hello@example.org', 'Acme Books'],
    ['Söhne & Co <hello@example.org>', 'Söhne & Co'],
    ['"Books, Acme" <hello@example.org>', 'Books, Acme'],
    ['<hello@example.org>', 'Acme Books'],
  ])('gets emails from %s by the name of %s', async (mailFrom, name) => {
    const { from, envelope } = await sent({ mailFrom, siteName: 'Acme Books' })
    expect(from).toEqual([{ name, address: 'hello@example.org' }])
    expect(envelope?.from).toBe('hello@example.org')
  })
})
