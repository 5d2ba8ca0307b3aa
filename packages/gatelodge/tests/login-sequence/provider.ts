// The provider that the matrix logs in by. It is started with the first test that needs it, and ends with the process.
import { newId } from '../../src/identity/ids.ts'
import { startFakeProvider } from '../support/fake-provider.ts'
import type { TestApp } from '../support/make-app.ts'
import type { Fields } from '../support/visitor.ts'
import type { Client, Reply } from './client.ts'
import { steps } from './steps.ts'

export const provider = await startFakeProvider()

/** What it says of this person. */
export const claimsOf = ({ email, name }: Fields) => ({ sub: `sub of ${email}`, email, name, email_verified: false })

/** As after connecting it some time ago. */
export async function connect(app: TestApp, person: Fields): Promise<void> {
  const { email = '' } = person
  const { accounts, connections, database, clock } = app.services
  const account = await accounts.findByAddress(database.db, { given: email, normalised: email })
  if (!account) throw new Error(`there is no account of ${email}`)
  const now = clock.now()
  await connections.rows.insert(database.db, {
    ...{ id: newId(), accountId: account.id, provider: 'fake', issuer: provider.issuer },
    ...{ subject: claimsOf(person).sub, email, createdAt: now, lastUsedAt: null },
  })
}

/** The browser is led there and comes back. A newcomer says what to be called. */
export async function proveByProvider(client: Client, person: Fields): Promise<Reply> {
  const { visitor } = client
  const answer = await visitor.send('GET', await provider.goThere(visitor, claimsOf(person)))
  const to = placeOf(answer)
  if (!to.endsWith('/register')) return replyOf(to)
  return replyOf(placeOf(await visitor.send('POST', to, new URLSearchParams({ name: person.name ?? '' }))))
}

const placeOf = (answer: Response) => (answer.headers.get('location') ?? '').split('?')[0] ?? ''

/** As the API would say it. */
function replyOf(place: string): Reply {
  const due = steps.find(({ page }) => page === place)
  if (due) return { status: 403, code: due.code }
  return { status: place === '/account' ? 200 : 401, code: undefined }
}
