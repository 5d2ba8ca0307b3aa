// Every operation of the API is asked with bodies that fit and bodies that do not, by a visitor and by someone who is logged
// in, and each answer is one that the document knows.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Operation } from '../../../src/api/operation.ts'
import { operations } from '../../../src/app.ts'
import { useApp } from '../../support/make-app.ts'
import { Program } from '../../support/program.ts'
import { broken } from '../../support/promised.ts'
import { someone } from '../../support/visitor.ts'
import { isWhole, onWalkedDatabases } from '../../support/walk.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\u202e',
      "' or 1=1 --",
      '<script>',
      '../../etc/passwd',
      'a@b.cd',
      'é'.repeat(300),
    ],
    ...['__proto__', 'a'.repeat(3_000), '00000000-0000-0000-0000-000000000000', `${'x'.repeat(43)}`],
  ),
)
/** What is there already, so that much of it is refused for what it says and not for how it looks. */
const fitting: Record<string, fc.Arbitrary<unknown>> = {
  name: fc.constantFrom('Ada Lovelace', 'Grace', ''),
  email: fc.oneof(fc.constantFrom('ada@example.org', 'nobody'), fc.emailAddress()),
  password: fc.constantFrom('violet tram lamp', 'quiet amber windmill', 'password', 'x'),
  current_password: fc.constantFrom('violet tram lamp', 'wrong', ''),
  new_password: fc.constantFrom('quiet amber windmill', 'violet tram lamp', 'short'),
  remember: fc.boolean(),
  token: fc.base64String(),
  login_token: fc.base64String(),
}

/** A body of the operation's custom fields: some that fit, some nasty, some of another kind, some left out. */
function bodiesOf({ body }: Operation): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.keys(body.shape).map((name) => {
      const own = name === 'session' ? fc.constantFrom('cookie', 'bearer') : fitting[name]
      return [name, fc.oneof({ weight: 6, arbitrary: own ?? nasty }, nasty, fc.jsonValue({ maxDepth: 2 }))]
    }),
  )
  const own = fc.record(fields, { requiredKeys: [] })
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(fields) },
    { weight: 2, arbitrary: own },
    fc.tuple(own, fc.dictionary(nasty, fc.jsonValue(), { maxKeys: 4 })).map(([one, more]) => ({ ...more, ...one })),
    fc.jsonValue({ maxDepth: 3 }),
  )
}

/** What is no JSON, or no body of ours at all. */
const garbage = fc.oneof(
  fc.constantFrom('', '{', '[]', 'null', '"text"', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', `${'['.repeat(5_000)}`),
  fc.string({ maxLength: 60 }),
  fc.constant(JSON.stringify({ name: 'a'.repeat(70_000) })),
)

onWalkedDatabases('Every operation', (database) => {
  const app = useApp(database, { emailsPerClient: 100_000 })
  const whole = database.name === 'SQLite' ? 30 : 8
  const numRuns = isWhole ? whole : 5

  const visitor = async () => new Program(app())
  async function known(): Promise<Program> {
    const { body } = await new Program(app()).post('/register', { ...someone(), session: 'bearer' })
    return new Program(app(), (body as { token: string }).token)
  }

  it.each(operations.map((one) => [one.id, one] as const))(
    'V2.2.1 %s answers whatever it is sent as its document says',
    async (_, one) => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(visitor, known), bodiesOf(one), async (who, body) => {
          const source = await who()
          const sent = one.method === 'POST' ? JSON.stringify(body) : undefined
          expect(broken(one, await source.ask(one.method, `/api/v1${one.path}`, sent))).toBeUndefined()
        }),
        { numRuns },
      )
    },
  )

  it('V1.5.3 answers what is no JSON of ours as its document says', async () => {
    const posts = operations.filter(({ method }) => method === 'POST')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...posts), garbage, async (one, body) => {
        const answer = await new Program(app()).ask('POST', `/api/v1${one.path}`, body)
        expect(broken(one, answer)).toBeUndefined()
      }),
      { numRuns: numRuns * 4 },
    )
  })

  it('V3.5.1 takes no form, no page of another site, and no part of a page', async () => {
    for (const one of operations) {
      const send = (headers: Record<string, string>, body = '{}') =>
        new Program(app()).ask(one.method, `/api/v1${one.path}`, one.method === 'POST' ? body : undefined, headers)
      const embedded = await send({ 'sec-fetch-dest': 'image' })
      expect([embedded.status, broken(one, embedded)]).toEqual([403, undefined])
      if (one.method === 'GET') continue
      const form = await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'email=a')
      expect([form.status, broken(one, form)]).toEqual([415, undefined])
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        const foreign = await send(headers as Record<string, string>)
        expect([foreign.status, broken(one, foreign)]).toEqual([403, undefined])
      }
    }
  })
})
