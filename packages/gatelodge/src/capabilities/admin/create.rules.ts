// An account that its owner did not register. No email is sent: a link to set a password is an act of its own. Knows no HTTP
// and no SQL.
import { z } from 'zod'
import type { Store } from '../../database/transaction.ts'
import { type Address, parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import type { CustomValues } from '../../identity/accounts/custom-fields.ts'
import { parseName } from '../../identity/accounts/name.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import { newId } from '../../identity/ids.ts'
import { labelOf, spell } from '../../identity/passwords/foreign/recipe.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import type { Services } from '../../services.ts'
import type { Act, ActOrder } from './act.rules.ts'
import { addAdministrator } from './administrators.rules.ts'
import { fieldsOf } from './fields.rules.ts'
import { foreignHash, type HashRefused } from './foreign-hash.rules.ts'
import { joinGroup } from './groups.rules.ts'

const NewAccount = z.object({
  email: z.string(),
  name: z.string(),
  /** None: the account has no password until its owner sets one. */
  password: z.string().optional(),
  /** As another system has stored it, instead of a password. */
  passwordHash: z.string().optional(),
  verified: z.boolean().default(false),
  fields: z.record(z.string(), z.union([z.string(), z.boolean()])).default({}),
  groups: z.array(z.string()).default([]),
  /** Milliseconds: of an account that was made elsewhere before. Default: now. */
  createdAt: z.int().nonnegative().optional(),
})

export type Created =
  | { kind: 'done'; id: Buffer }
  | { kind: 'bad-name'; code: string }
  | { kind: 'bad-address' }
  | { kind: 'bad-field'; field: string; code: string }
  | { kind: 'in-the-future' }
  | { kind: 'two-passwords' }
  | HashRefused
  | { kind: 'weak'; code: PasswordRefusal }
  | { kind: 'no-group'; group: string }
  | { kind: 'too-many-groups' }
  | { kind: 'taken' }
  /** Its owner left it lately, and can still take it back. */
  | { kind: 'reserved' }

/** By the rules of registration, whatever the mode of it. @throws {Busy} where too many passwords are being hashed. */
export const createAccount: Act<typeof NewAccount, Created> = {
  name: 'create-account',
  input: NewAccount,
  needsReason: false,
  scope: 'accounts:write',
  amountsTo({ groups }) {
    if (groups.includes(administratorsGroup)) return addAdministrator
    return groups.length > 0 ? joinGroup : undefined
  },
  event: 'account.created',
  async run(needs, order, _, input) {
    const judged = await judge(needs, order, input)
    return 'kind' in judged ? judged : store(needs, order, judged)
  },
}

interface Judged {
  name: string
  address: Address
  fields: CustomValues
  groups: string[]
  createdAt: number
  verifiedAt: number | undefined
  password: FirstPassword | undefined
}

async function judge(needs: Services, order: ActOrder, input: z.output<typeof NewAccount>): Promise<Judged | Created> {
  const now = needs.clock.now()
  const named = parseName(input.name)
  if ('refusal' in named) return { kind: 'bad-name', code: named.refusal }
  const { name } = named
  const address = parseAddress(input.email)
  if (!address) return { kind: 'bad-address' }
  const fields = fieldsOf(needs.settings.fields, input.fields)
  if ('kind' in fields) return fields
  const { createdAt = now } = input
  if (createdAt > now) return { kind: 'in-the-future' }
  const password = await passwordOf(needs, order, input, { name, email: address.given })
  if (password && 'kind' in password) return password
  const verifiedAt = input.verified ? now : undefined
  return { name, address, fields: fields.values, groups: [...new Set(input.groups)], createdAt, verifiedAt, password }
}

async function store(needs: Services, order: ActOrder, judged: Judged): Promise<Created> {
  const { clock, database, accounts, hooks } = needs
  const { source } = order
  // Lists are in the order of the ids.
  const id = newId(judged.createdAt)
  const done: Created = { kind: 'done', id }
  const write = writing(needs, order, id, judged, clock.now())
  try {
    const outcome = await database.transact<Created>(
      async (trx) => (await write(trx)) ?? done,
      async (db) => ((await accounts.findById(db, id)) ? done : undefined),
    )
    if (outcome === 'duplicate') return { kind: 'taken' }
    if (outcome.kind === 'done') await hooks.registered(id, source)
    return outcome
  } catch (error) {
    if (error instanceof NotJoined) return error.outcome
    throw error
  }
}

/** Account, password, groups and records. Made before the first try, so that a retry writes the same. @returns why not. */
function writing(needs: Services, order: ActOrder, id: Buffer, judged: Judged, now: number) {
  const { accounts, tokens, audit } = needs
  const { name, address, fields, createdAt, verifiedAt, password } = judged
  const { source, actor, reason } = order
  const record = audit.record('account.created', source, { account: id, actor, ...(reason && { note: reason }) })
  const joined = judged.groups.map((group) => ({ group, record: joinRecord(needs, order, id, group) }))
  return async (trx: Store): Promise<Created | undefined> => {
    if (await tokens.isReserved(trx, addressKey(address))) return { kind: 'reserved' }
    await accounts.insert(trx, { id, name, address, createdAt, fields, ...(verifiedAt && { verifiedAt }) })
    await password?.insert(trx, id, now)
    await audit.write(trx, record)
    for (const { group, record } of joined) {
      const outcome = await needs.groups.join(trx, id, group)
      if (outcome !== 'joined') throw new NotJoined(outcome === 'no-group' ? { kind: outcome, group } : outcome)
      await audit.write(trx, record)
    }
    return undefined
  }
}

/** Thrown, so that the account is not stored either. */
class NotJoined extends Error {
  readonly outcome: Created
  constructor(why: { kind: 'no-group'; group: string } | 'too-many-groups' | 'member') {
    super('a group was not joined')
    this.outcome = typeof why === 'string' ? { kind: 'too-many-groups' } : why
  }
}

function joinRecord({ audit }: Services, { source, actor }: ActOrder, id: Buffer, group: string) {
  const event = group === administratorsGroup ? 'administrator.added' : 'group.joined'
  return audit.record(event, source, { account: id, actor, ...(event === 'group.joined' && { reason: group }) })
}

interface FirstPassword {
  insert(trx: Store, id: Buffer, now: number): Promise<void>
}

async function passwordOf(
  { passwordPolicy, hashing, passwords }: Services,
  { source }: ActOrder,
  { password, passwordHash }: { password?: string | undefined; passwordHash?: string | undefined },
  owner: { name: string; email: string },
): Promise<
  FirstPassword | undefined | HashRefused | { kind: 'two-passwords' } | { kind: 'weak'; code: PasswordRefusal }
> {
  if (password !== undefined && passwordHash !== undefined) return { kind: 'two-passwords' }
  if (password !== undefined) {
    const weakness = await passwordPolicy.judge(password, owner)
    if (weakness) return { kind: 'weak', code: weakness }
    const hash = await hashing.hash(password, source.clientAddress)
    return { insert: (trx, id, now) => passwords.insert(trx, id, hash, now) }
  }
  if (passwordHash === undefined) return undefined
  const foreign = await foreignHash(hashing, passwordHash)
  if (foreign === 'none' || 'kind' in foreign) return foreign === 'none' ? undefined : foreign
  return { insert: (trx, id) => passwords.insertForeign(trx, [{ id, hash: spell(foreign), label: labelOf(foreign) }]) }
}
