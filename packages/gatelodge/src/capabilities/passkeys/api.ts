// The owner's passkeys, for programs: the same rules as the pages.
import { parse, stringify, validate } from 'uuid'
import { z } from 'zod'
import { done, loggedOut, refused, started } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { renewed } from '../../api/renewal.ts'
import { moment, nothing, Started } from '../../api/shapes.ts'
import type { PasskeyAsking } from '../../identity/passkeys/challenge.ts'
import { json, problem } from '../../web/http/answer.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { ownerOf, sessionOf } from '../../web/session/guards.ts'
import { renewSession } from '../../web/session/renew-session.ts'
import { addPasskey as add, barred, removePasskey as remove, renamePasskey as rename } from './owner.rules.ts'

const passkey = z.string().meta(described('passkeyId'))

const PasskeyShape = z.strictObject({
  id: z.uuid().meta(described('passkeyId')),
  name: z.string(),
  added_at: moment,
  last_used_at: moment.nullable(),
  synced: z.boolean().meta(described('passkeySynced')),
})

export const listPasskeys = operation({
  id: 'listPasskeys',
  method: 'GET',
  path: '/passkeys',
  who: 'logged-in',
  body: nothing,
  answers: {
    200: z.strictObject({
      passkeys: z.array(PasskeyShape),
      asked_after_password: z.boolean().meta(described('passkeyAskedAfterPassword')),
    }),
  },
  problems: [],
  async answer(c) {
    const { passkeys, database } = c.get('services')
    const { account } = await sessionOf(c)
    const all = await passkeys.ofAccount(database.db, account.id)
    const listed: z.output<typeof PasskeyShape>[] = all.map((one) => ({
      ...{ id: stringify(one.id), name: one.name, synced: one.isSyncable },
      added_at: written(one.createdAt),
      last_used_at: one.lastUsedAt === null ? null : written(one.lastUsedAt),
    }))
    return json(c, 200, { passkeys: listed, asked_after_password: account.asksPasskeySince !== null })
  },
})

const written = (at: number) => new Date(at).toISOString()
const adding = (tokenHash: Buffer): PasskeyAsking => ({ ceremony: 'add', by: tokenHash })

export const passkeyOptions = operation({
  id: 'passkeyOptions',
  method: 'POST',
  path: '/passkeys/options',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 200: z.strictObject({ options: z.record(z.string(), z.unknown()).meta(described('passkeyOptions')) }) },
  problems: ['unverified', 'too-many-passkeys'],
  async answer(c) {
    const { account, tokenHash } = await sessionOf(c)
    const { passkeys, database, emails } = c.get('services')
    const existing = await passkeys.ofAccount(database.db, account.id)
    const bar = barred({ emails }, account, existing)
    if (bar) return problem(c, bar.kind === 'unverified' ? 'unverified' : 'too-many-passkeys')
    return json(c, 200, { options: passkeys.askForNew(account, adding(tokenHash), existing) })
  },
})

export const addPasskey = operation({
  id: 'addPasskey',
  method: 'POST',
  path: '/passkeys',
  who: 'recently-authenticated',
  body: z.object({ answer: z.record(z.string(), z.unknown()).meta(described('passkeyAnswer')) }),
  answers: { 200: z.strictObject({ ...Started.shape, passkey: z.uuid().meta(described('passkeyId')) }) },
  problems: [
    ...(['unverified', 'too-many-passkeys', 'passkey-refused', 'passkey-algorithm', 'passkey-exists'] as const),
    'login-required',
  ],
  async answer(c, { answer }) {
    const session = await sessionOf(c)
    const { id } = session.account
    const renewal = renewSession(c, session, [])
    const asking = adding(session.tokenHash)
    const outcome = await add(c.get('services'), await ownerOf(c), { answer, asking }, renewal)
    switch (outcome.kind) {
      case 'added': {
        logEvent(c, 'passkey.added', { account: id })
        const goes = outcome.renewed ? renewed(id, renewal) : { account: id }
        return started(c, 200, goes, { passkey: stringify(outcome.passkey.id) })
      }
      case 'refused':
        logEvent(c, 'passkey.refused', { account: id, reason: outcome.reason })
        return problem(c, outcome.reason === 'algorithm' ? 'passkey-algorithm' : 'passkey-refused')
      case 'exists':
        return problem(c, 'passkey-exists')
      case 'unverified':
        return problem(c, 'unverified')
      case 'too-many':
        return problem(c, 'too-many-passkeys')
      case 'logged-out':
        return loggedOut(c)
    }
  },
})

export const renamePasskey = operation({
  id: 'renamePasskey',
  method: 'POST',
  path: '/passkeys/rename',
  who: 'recently-authenticated',
  body: z.object({ passkey, passkey_name: z.string() }),
  answers: { 204: null },
  problems: ['passkey-missing'],
  async answer(c, { passkey, passkey_name }) {
    const owner = await ownerOf(c)
    const outcome = await rename(c.get('services'), owner, bytesOf(passkey), passkey_name)
    switch (outcome.kind) {
      case 'renamed':
        logEvent(c, 'passkey.renamed', { account: owner.account.id })
        return done(c)
      case 'refused':
        return refused(c, outcome.problems)
      case 'missing':
        return problem(c, 'passkey-missing')
      case 'logged-out':
        return loggedOut(c)
    }
  },
})

export const removePasskey = operation({
  id: 'removePasskey',
  method: 'POST',
  path: '/passkeys/remove',
  who: 'recently-authenticated',
  body: z.object({ passkey }),
  answers: { 204: null },
  problems: ['passkey-missing', 'last-way-in'],
  async answer(c, { passkey }) {
    const owner = await ownerOf(c)
    const outcome = await remove(c.get('services'), owner, bytesOf(passkey))
    switch (outcome.kind) {
      case 'removed':
        logEvent(c, 'passkey.removed', { account: owner.account.id })
        return done(c)
      case 'last-way-in':
        return problem(c, 'last-way-in')
      case 'missing':
        return problem(c, 'passkey-missing')
      case 'logged-out':
        return loggedOut(c)
    }
  },
})

/** Of none, where it is no id. */
function bytesOf(id: string): Buffer {
  return validate(id) ? Buffer.from(parse(id)) : Buffer.alloc(0)
}
