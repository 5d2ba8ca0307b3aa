// A link of an invitation that is over, or never was one, says nothing of who has an account: not where it was for an address,
// and not where an address is typed. And a program that invites learns nothing of the address.
import { beforeEach, expect, it, vi } from 'vitest'
import { createInvitation, revokeInvitation } from '../../../src/capabilities/invitations/make.rules.ts'
import { days } from '../../../src/time.ts'
import { keyed } from '../../support/admin-keys.ts'
import { linkTo } from '../../support/emails.ts'
import type { TestApp } from '../../support/make-app.ts'
import { type Fields, someone, type Visitor } from '../../support/visitor.ts'
import { onWalkedDatabases } from '../../support/walk.ts'
import { disable, giveFactors, leave, seenOf, useSpiedApp } from './seen.ts'
import { startAgain } from './work.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const { noting } = await import('./work.ts')
  return noting(await original<typeof import('@node-rs/argon2')>())
})
beforeEach(() => void startAgain())

const password = 'violet tram lamp'
const path = '/invitation'
const order = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' },
}

/** What the address may be, that the invitation is for or that is typed. All of one length. */
const owners = ['nobod', 'known', 'disab', 'leavi', 'facto'] as const
type Owner = (typeof owners)[number]

let next = 10

/** Of an address of that kind. */
async function owned(app: TestApp, owner: Owner): Promise<Fields> {
  next += 1
  const person = { name: 'Ada', email: `${owner}-${String(next).padStart(4, '0')}@example.org`, password }
  if (owner !== 'nobod') await app.visitor().json('POST', '/api/v1/register', person)
  if (owner === 'disab') await disable(app, person)
  if (owner === 'leavi') await leave(app, person)
  if (owner === 'facto') await giveFactors(app, person, 'both')
  return person
}

interface Link {
  text: string
  id: Buffer
}

async function linkFor(app: TestApp, email: string | undefined): Promise<Link> {
  const wanted = { groups: [], uses: 1, ...(email !== undefined && { email }) }
  const made = await createInvitation(app.services, order, wanted)
  if (made.kind !== 'done') throw new Error(made.kind)
  const text = made.address ? new URL(made.address).pathname : await linkTo(app, email ?? '', 'invitation')
  return { text, id: made.invitation.id }
}

/** How it comes to its end. */
const ends = {
  expired: async (app: TestApp) => void app.clock.pass(days(8)),
  revoked: async (app: TestApp, { id }: Link) => void (await revokeInvitation(app.services, order, id)),
  used: async (app: TestApp, { text }: Link) => {
    const browser = app.visitor()
    await browser.open(text)
    await browser.submit(someone())
    expect(browser.page.path).toBe('/account')
  },
}

/** All that such a link answers: opened, looked at, and sent with that address and password. */
const knock = (browser: Visitor, link: string, person: Fields, token: string) => async () => [
  await browser.send('GET', link),
  await browser.send('GET', path),
  await browser.send('POST', path, new URLSearchParams({ ...person, form_token: token })),
]

onWalkedDatabases('An invitation that is over', (database) => {
  const app = useSpiedApp(database, { emailsPerClient: 100_000, registrationsPerAddress: 100_000 })
  const alike = async (see: (owner: Owner) => Promise<unknown>) => {
    const first = await see('nobod')
    for (const owner of owners.slice(1)) expect([owner, await see(owner)]).toEqual([owner, first])
  }
  const from = () => app().visitor(`198.18.${100 + Math.floor(next / 100)}.${100 + (next % 100)}`)

  it.each(Object.entries(ends))('V6.3.8 %s, for anyone who has the link: all addresses alike', async (_, end) => {
    await alike(async (owner) => {
      const person = await owned(app(), owner)
      const link = await linkFor(app(), undefined)
      const browser = from()
      const { html } = await browser.open(link.text)
      const token = /name="form_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
      expect(token).not.toBe('')
      await end(app(), link)
      const seen = await seenOf(app(), knock(browser, link.text, person, token), person)
      expect(seen.told.map(({ status }) => status)).toEqual([303, 410, 410])
      expect(seen.hashes).toEqual([])
      return seen
    })
  })

  it.each([
    ['expired', ends.expired],
    ['revoked', ends.revoked],
  ] as const)('V6.3.8 %s, for one address: all addresses alike', async (_, end) => {
    await alike(async (owner) => {
      const person = await owned(app(), owner)
      const link = await linkFor(app(), person.email)
      await end(app(), link)
      const seen = await seenOf(app(), knock(from(), link.text, person, ''), person)
      expect(seen.told.slice(0, 2).map(({ status }) => status)).toEqual([303, 410])
      return seen
    })
  })

  it('V6.3.8 that never was one: all addresses alike', async () => {
    await alike(async (owner) => {
      const person = await owned(app(), owner)
      const seen = await seenOf(app(), knock(from(), `${path}/${'x'.repeat(43)}`, person, ''), person)
      expect(seen.told.slice(0, 2).map(({ status }) => status)).toEqual([303, 410])
      return seen
    })
  })

  it('V6.3.8 a page of an open link is the same for all, before an address is typed', async () => {
    await alike(async (owner) => {
      const person = await owned(app(), owner)
      const link = await linkFor(app(), undefined)
      const browser = from()
      const open = async () => [await browser.send('GET', link.text), await browser.send('GET', path)]
      return seenOf(app(), open, person)
    })
  })

  it('V6.3.8 a program that may invite, and see no accounts, learns nothing of the address', async () => {
    const { text } = await keyed(app(), ['invitations:write'])
    await alike(async (owner) => {
      const person = await owned(app(), owner)
      const headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ email: person.email })
      const ask = async () => [await from().send('POST', '/api/v1/admin/invitations', body, headers)]
      // A program is counted from the first time on.
      const other = JSON.stringify({ email: `other-${next}@example.org` })
      await from().send('POST', '/api/v1/admin/invitations', other, headers)
      const seen = await seenOf(app(), ask, person)
      expect(seen.told[0]?.status).toBeLessThan(300)
      const told = seen.told.map((one) => ({
        ...one,
        plain: one.plain.replace(/[\da-f-]{36}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT'),
      }))
      return { ...seen, told }
    })
  })
})
