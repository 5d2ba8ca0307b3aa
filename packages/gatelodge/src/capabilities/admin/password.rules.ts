// A new password for someone who cannot set one, or a link to set it. Knows no HTTP and no SQL.
import { z } from 'zod'
import { isAdministrator } from '../../identity/groups/names.ts'
import { endAccess } from '../../identity/logins/end-access.ts'
import type { PasswordRefusal } from '../../identity/passwords/policy.ts'
import { paths } from '../../paths.ts'
import { type Act, changeAccount, type NoAccount, type OfAdministrator, protectsAdministrator } from './act.rules.ts'

const Password = z.object({ password: z.string() })

/** Judged as everywhere. All sessions end, and links for another password no longer work. @throws {Busy} */
export const setPassword: Act<
  typeof Password,
  { kind: 'done' } | NoAccount | OfAdministrator | { kind: 'weak'; code: PasswordRefusal }
> = {
  name: 'set-password',
  input: Password,
  needsReason: true,
  scope: null,
  event: 'password.set',
  email: 'password-set',
  async run(needs, order, id, { password }) {
    const { database, accounts, passwords, passwordPolicy, hashing, sessions, tokens, clock } = needs
    const account = await accounts.findById(database.db, id)
    if (!account) return { kind: 'no-account' }
    const weakness = await passwordPolicy.judge(password, account)
    if (weakness) return { kind: 'weak', code: weakness }
    const hash = await hashing.hash(password, order.source.clientAddress)
    return changeAccount<OfAdministrator>(needs, order, id, {
      event: 'password.set',
      email: { kind: 'password-set' },
      async work(trx, held) {
        const refusal = protectsAdministrator(order, held)
        if (refusal) return refusal
        await passwords.replace(trx, id, hash, clock.now())
        await sessions.endOthers(trx, id, undefined, 'password-changed')
        await tokens.void(trx, id, ['reset-password'])
        return undefined
      },
    })
  },
}

/**
 * The password may be known to others: all sessions end, and the next log-in with it asks for another one. A log-in that does
 * not use it is not asked.
 */
export const demandNewPassword: Act<z.ZodObject, { kind: 'done' } | NoAccount | { kind: 'no-password' }> = {
  name: 'demand-new-password',
  input: z.object({}),
  needsReason: true,
  scope: 'accounts:write',
  event: 'password.demanded',
  email: 'password-demanded',
  run: (needs, order, id) =>
    changeAccount(needs, order, id, {
      event: 'password.demanded',
      email: { kind: 'password-demanded' },
      async work(trx) {
        if (!(await needs.passwords.demandNew(trx, id, needs.clock.now()))) return { kind: 'no-password' }
        await endAccess(needs, trx, id, 'by-site')
        return undefined
      },
    }),
}

const Link = z.object({
  /** The answer shows the link, and no email is sent to the owner. */
  shown: z.boolean().default(false),
})

export type ResetLink =
  | { kind: 'done'; address?: string }
  | NoAccount
  /** Disabled, or deleted: the owner could not log in after the reset. */
  | { kind: 'closed' }
  | { kind: 'email-not-set-up' }
  /** Of this kind, or to this address, in a day: the link before still works. */
  | { kind: 'too-many-emails' }
  /** Anyone who saw it could become the administrator; and no program needs it. */
  | { kind: 'only-by-email' }

export const makeResetLink: Act<typeof Link, ResetLink> = {
  name: 'make-reset-link',
  input: Link,
  needsReason: true,
  scope: 'accounts:write',
  event: 'password-reset.link-made',
  email: 'reset-password',
  async run(needs, order, id, { shown }) {
    const { scopes } = order
    const { tokens, emails, settings } = needs
    if (!shown && emails.mode === 'none') return { kind: 'email-not-set-up' }
    // Anyone with a shell, or code of the site, could write the link to the table themselves.
    const isTrusted = order.actor === 'command' || order.actor === 'code'
    if (shown && !isTrusted && !settings.copyResetLinks) return { kind: 'only-by-email' }
    const token = tokens.prepare(shown ? 'reset-password-shown' : 'reset-password')
    const link = { token: token.text, life: token.life }
    const outcome = await changeAccount<{ kind: 'closed' | 'only-by-email' | 'too-many-emails' }>(needs, order, id, {
      event: 'password-reset.link-made',
      email: shown ? undefined : { kind: 'reset-password', link },
      // Anyone who saw it could have used it.
      ...(shown && { about: 'shown' }),
      limited: { kind: 'too-many-emails' },
      async work(trx, held) {
        if (held.disabledAt !== null || held.deletesAt !== null) return { kind: 'closed' }
        if (shown && (scopes || isAdministrator(held))) return { kind: 'only-by-email' }
        await tokens.issue(trx, token, { accountId: id, addressKey: held.addressKey })
        return undefined
      },
    })
    if (outcome.kind !== 'done' || !shown) return outcome
    const { baseUrl, basePath } = settings
    return { kind: 'done', address: `${baseUrl}${basePath}${paths.resetPassword}/${token.text}` }
  },
}
