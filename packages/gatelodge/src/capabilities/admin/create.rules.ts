// An account that its owner did not register. No email is sent: a link to set a password is an act of its own. Knows no HTTP
// and no SQL.
import { z } from 'zod'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { parseName } from '../../identity/accounts/name.ts'
import { newId } from '../../identity/ids.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Act } from './act.rules.ts'

const NewAccount = z.object({
  email: z.string(),
  name: z.string(),
  /** None: the account has no password until its owner sets one. */
  password: z.string().optional(),
  verified: z.boolean().default(false),
})

export type Created =
  | { kind: 'done'; id: Buffer }
  | { kind: 'bad-name'; code: string }
  | { kind: 'bad-address' }
  | { kind: 'weak'; code: PasswordRefusal }
  | { kind: 'taken' }
  /** Its owner left it lately, and can still take it back. */
  | { kind: 'reserved' }

/** By the rules of registration, whatever the mode of it. @throws {Busy} where too many passwords are being hashed. */
export const createAccount: Act<typeof NewAccount, Created> = {
  name: 'create-account',
  input: NewAccount,
  needsReason: false,
  event: 'account.created',
  async run(needs, { actor, reason, source }, _, { email, name, password, verified }) {
    const { clock, database, accounts, passwords, passwordPolicy, hashing, tokens, audit, hooks } = needs
    const named = parseName(name)
    if ('refusal' in named) return { kind: 'bad-name', code: named.refusal }
    const address = parseAddress(email)
    if (!address) return { kind: 'bad-address' }
    const owner = { name: named.name, email: address.given }
    const weakness = password === undefined ? undefined : await passwordPolicy.judge(password, owner)
    if (weakness) return { kind: 'weak', code: weakness }
    const hash = password === undefined ? undefined : await hashing.hash(password, source.clientAddress)
    const [id, now] = [newId(), clock.now()]
    const record = audit.record('account.created', source, { account: id, actor, ...(reason && { note: reason }) })
    const done: Created = { kind: 'done', id }
    const outcome = await database.transact<Created>(
      async (trx) => {
        if (await tokens.isReserved(trx, addressKey(address))) return { kind: 'reserved' }
        await accounts.insert(trx, {
          id,
          name: named.name,
          address,
          createdAt: now,
          ...(verified && { verifiedAt: now }),
        })
        if (hash !== undefined) await passwords.insert(trx, id, hash, now)
        await audit.write(trx, record)
        return done
      },
      async (db) => ((await accounts.findById(db, id)) ? done : undefined),
    )
    if (outcome === 'duplicate') return { kind: 'taken' }
    if (outcome.kind === 'done') await hooks.registered(id, source)
    return outcome
  },
}
