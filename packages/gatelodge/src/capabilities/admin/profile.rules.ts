// What an account is called, by which address it is reached, and whether that is known to be its owner's. Knows no HTTP and
// no SQL.
import { z } from 'zod'
import { parseAddress } from '../../identity/accounts/address.ts'
import { addressKey } from '../../identity/accounts/address-key.ts'
import { parseName } from '../../identity/accounts/name.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import { type Act, changeAccount, type NoAccount, type OfAdministrator, protectsAdministrator } from './act.rules.ts'

const Name = z.object({ name: z.string() })

export const setName: Act<
  typeof Name,
  | { kind: 'done' }
  | NoAccount
  | { kind: 'same-name' }
  | { kind: 'bad-name'; code: 'empty' | 'too-long' | 'control-characters' }
> = {
  name: 'set-name',
  input: Name,
  needsReason: false,
  scope: 'accounts:write',
  event: 'name.set',
  email: 'name-changed',
  async run(needs, order, id, { name }) {
    const named = parseName(name)
    if ('refusal' in named) return { kind: 'bad-name', code: named.refusal }
    return changeAccount<{ kind: 'same-name' }>(needs, order, id, {
      event: 'name.set',
      email: { kind: 'name-changed' },
      async work(trx, held) {
        if (held.name === named.name) return { kind: 'same-name' }
        await needs.accounts.setName(trx, id, named.name)
        return undefined
      },
    })
  },
}

const Address = z.object({ email: z.string(), verified: z.boolean().default(false) })

/** The email goes to the address before. Links that went there no longer work, and all sessions end. */
export const setAddress: Act<
  typeof Address,
  { kind: 'done' } | NoAccount | OfAdministrator | { kind: 'bad-address' | 'same-address' | 'taken' | 'reserved' }
> = {
  name: 'set-address',
  input: Address,
  needsReason: true,
  scope: 'accounts:write',
  event: 'email.set',
  email: 'address-set',
  async run(needs, order, id, { email, verified }) {
    const address = parseAddress(email)
    if (!address) return { kind: 'bad-address' }
    const { accounts, tokens, clock } = needs
    return changeAccount<OfAdministrator | { kind: 'same-address' | 'taken' | 'reserved' }>(needs, order, id, {
      event: 'email.set',
      // Its owner knows it, or learns it from the site: it may be that of a stranger.
      email: { kind: 'address-set' },
      duplicate: { kind: 'taken' },
      async work(trx, held) {
        const refusal = protectsAdministrator(order, held)
        if (refusal) return refusal
        if (held.email === address.given) return { kind: 'same-address' }
        const isOwn = addressKey(address).equals(held.addressKey)
        if (!isOwn && (await tokens.isReserved(trx, addressKey(address), id))) return { kind: 'reserved' }
        await accounts.setAddress(trx, id, address, verified ? clock.now() : isOwn ? held.verifiedAt : null)
        await tokens.void(trx, id)
        // The site has decided whose it is: the link in an older mailbox does not decide otherwise.
        await tokens.void(trx, id, ['undo-email-change'])
        await endAccess(needs, trx, id, 'address-changed')
        // A password that is being compared at this moment was typed with the address from before.
        await accounts.changeFactors(trx, id)
        return undefined
      },
    })
  },
}

/** The site vouches for it: nobody has opened a link. No email: it takes nothing from the owner, and shows on the account page. */
export const verifyAddress: Act<z.ZodObject, { kind: 'done' } | NoAccount | { kind: 'verified' }> = {
  name: 'verify-address',
  input: z.object({}),
  needsReason: false,
  scope: 'accounts:write',
  event: 'email.marked-verified',
  run: (needs, order, id) =>
    changeAccount(needs, order, id, {
      event: 'email.marked-verified',
      async work(trx, held) {
        if (held.verifiedAt !== null) return { kind: 'verified' }
        await needs.accounts.setVerified(trx, id, needs.clock.now())
        return undefined
      },
    }),
}
