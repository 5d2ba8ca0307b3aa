// `gatelodge doctor` on a mail server: up to the recipient, and never an email.
import { afterEach, expect, it } from 'vitest'
import { mail } from '../../src/cli/doctor/mail.ts'
import { asked, look, spelled } from '../support/doctor.ts'
import { type Mood, type MoodyServer, startMailServer, startMoodyServer } from '../support/mail-server.ts'
import { freePort } from '../support/mysql-server.ts'

let server: MoodyServer | undefined
afterEach(() => server?.close())

const settings = (port: number, credentials = '') => ({
  smtpUrl: `smtp://${credentials}127.0.0.1:${port}`,
  mailFrom: 'Acme <hello@example.org>',
})

it('is content with a server that would take an email, and sends none', async () => {
  server = await startMoodyServer({ offers: ['AUTH PLAIN'] })
  const [finding] = await look(mail, asked(settings(server.port, 'user:violet-tram@')))
  expect(finding).toMatchObject({
    state: 'ok',
    says: expect.stringContaining('would take an email to hello@example.org'),
  })
  expect(server.heard.slice(0, 5)).toEqual(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'RSET'])
  expect(server.heard).not.toContain('DATA')
  expect(server.taken).toEqual([])
})

it.each<[string, Mood, RegExp]>([
  [
    'refuses the recipient',
    { says: { RCPT: '550 5.7.1 no relay' } },
    /RCPT TO: 550 5\.7\.1 no relay → Let the server pass on/,
  ],
  ['refuses the sender', { says: { MAIL: '553 not yours' } }, /MAIL FROM: 553 not yours → Set mailFrom/],
  [
    'refuses the login',
    { offers: ['AUTH PLAIN'], says: { AUTH: '535 wrong' } },
    /refuses the login: EAUTH: 535 wrong → Set user/,
  ],
  ['hangs up', { dropsAt: 'RCPT' }, /cannot be used/],
  ['refuses everyone', { says: { greeting: '554 go away' } }, /cannot be used.*554 go away/],
])('finds a server that %s', async (_, mood, says) => {
  server = await startMoodyServer(mood)
  const [finding] = await look(mail, asked(settings(server.port, mood.offers ? 'user:violet-tram@' : '')))
  expect(finding?.state).toBe('fault')
  expect(finding && spelled(finding)).toMatch(says)
  expect(server.heard).not.toContain('DATA')
})

it('finds that no server is there, and that its certificate is not accepted', async () => {
  const [none] = await look(mail, asked(settings(await freePort())))
  expect(none?.state).toBe('fault')
  const secure = await startMailServer({ secure: true })
  const [foreign] = await look(mail, asked({ ...settings(0), smtpUrl: secure.url }))
  expect(foreign && spelled(foreign)).toMatch(/^fault emails: .*certificate.*NODE_EXTRA_CA_CERTS/)
  await secure.close()
})

it('asks about the recipient that is named', async () => {
  server = await startMoodyServer()
  const [finding] = await look(mail, asked(settings(server.port), 'ada@example.com'))
  expect(finding?.says).toContain('ada@example.com')
})
