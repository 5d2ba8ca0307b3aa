// `gatelodge doctor` as it is run by hand.
import { expect, it } from 'vitest'
import { find } from '../support/canaries.ts'
import { finished, finishedHere, serving } from '../support/command-line.ts'
import { startMoodyServer } from '../support/mail-server.ts'
import { freePort } from '../support/mysql-server.ts'

it('ends with 0 where all is well', async () => {
  const { port, dataDir } = await serving()
  const environment = { PORT: String(port), GATELODGE_DATA_DIR: dataDir }
  const { code, out, err } = await finished(['doctor'], environment)
  expect(out.split('\n').filter((line) => line.startsWith('fault'))).toEqual([])
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^ok {7}base URL +http:\/\/localhost:\d+ answers/m)
  expect(out).toMatch(/^ok {7}password hash +\d+ ms of processor time \(.+\) with 19MiB and 2 passes/m)
})

it('V13.3.1 V16.2.5 ends with 1 where something is not, looks at all else, and prints no secret, in whatever form a server says it back', async () => {
  const secrets = {
    'the SMTP password': 'Bittern-ferry-~depot-3',
    'the password of the database': 'Heron+lamp~quay-8',
    'the secret': 'a-secret-for-doctor-0123456789-abcdefgh',
    'the secret of a provider': 'Walrus-otter-jetty-5501',
  }
  const { 'the SMTP password': smtp, 'the password of the database': ofDatabase } = secrets
  const inBase64 = Buffer.from(`\0postmaster\0${smtp}`).toString('base64')
  const server = await startMoodyServer({
    offers: ['AUTH PLAIN'],
    says: { AUTH: `535 ${inBase64} is not ${smtp}` },
  })
  const environment = {
    GATELODGE_SMTP_URL: `smtp://postmaster:${encodeURIComponent(smtp)}@127.0.0.1:${server.port}`,
    GATELODGE_MAIL_FROM: 'hello@example.org',
    GATELODGE_SECRET: secrets['the secret'],
    GATELODGE_GOOGLE_CLIENT_ID: 'gatelodge',
    GATELODGE_GOOGLE_CLIENT_SECRET: secrets['the secret of a provider'],
    DATABASE_URL: `mysql://gatelodge:${encodeURIComponent(ofDatabase)}@127.0.0.1:${await freePort()}/gatelodge`,
    PORT: String(await freePort()),
  }
  const asText = await finishedHere(['doctor'], environment)
  const asJson = await finishedHere(['doctor', '--json'], environment)
  expect([asText.code, asJson.code]).toEqual([1, 1])
  const { faults, findings } = JSON.parse(asJson.out) as { faults: number; findings: Record<string, string>[] }
  expect(faults).toBe(2)
  expect(findings.filter(({ state }) => state === 'fault').map(({ check }) => check)).toEqual(['emails', 'database'])
  for (const { state, remedy } of findings) expect(remedy === undefined).toBe(state === 'ok')
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['node', 'clock', 'data folder', 'secret', 'base URL', 'cookies', 'TLS', 'password hash']),
  )
  const printed = [asText, asJson].flatMap(({ out, err }) => [out, err])
  expect(
    find(
      secrets,
      printed.map((content) => ({ name: 'what it prints', content })),
    ),
  ).toEqual([])
  expect(asText.out).toContain('(hidden)')
  await server.close()
})

it.each([
  [['doctor', '--email-to', 'no address'], '--email-to needs an email address'],
  [['doctor', 'all'], '"gatelodge doctor" does not take "all"'],
])('%s is refused', async (words, says) => {
  const { code, err } = await finishedHere(words)
  expect(code).toBe(2)
  expect(err).toContain(says)
})
