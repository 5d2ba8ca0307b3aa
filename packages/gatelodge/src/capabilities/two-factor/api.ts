// What its owner does with a second factor: looks at it, takes it off, makes new recovery codes.
import { z } from 'zod'
import { done, loggedOut } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nothing } from '../../api/shapes.ts'
import { recoveryCodesMade } from '../../identity/second-factors/limits.ts'
import { json, problem } from '../../web/http/answer.ts'
import type { Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { ownerOf, sessionOf } from '../../web/session/guards.ts'
import { removeFactors, renewCodes } from './owner.rules.ts'

const recovery_codes = z.array(z.string()).meta(described('recoveryCodes'))

const Factors = z.strictObject({
  app: z.strictObject({ added_at: moment, last_used_at: moment.nullable() }).nullable().meta(described('factorApp')),
  recovery_codes_left: z.int(),
  recovery_codes_made: z.int().meta(described('recoveryCodesMade')),
})

export const getSecondFactors = operation({
  id: 'getSecondFactors',
  method: 'GET',
  path: '/two-factor',
  who: 'logged-in',
  body: nothing,
  answers: { 200: Factors },
  problems: [],
  async answer(c) {
    const { secondFactors, database } = c.get('services')
    const { totp, recoveryCodesLeft } = await secondFactors.ofAccount(database.db, (await sessionOf(c)).account.id)
    const lastUsed = totp?.lastUsedAt ? written(totp.lastUsedAt) : null
    const factors: z.output<typeof Factors> = {
      app: totp ? { added_at: written(totp.createdAt), last_used_at: lastUsed } : null,
      recovery_codes_left: recoveryCodesLeft,
      recovery_codes_made: recoveryCodesMade,
    }
    return json(c, 200, factors)
  },
})

const written = (at: number) => new Date(at).toISOString()

export const removeTwoFactor = operation({
  id: 'removeTwoFactor',
  method: 'POST',
  path: '/two-factor/remove',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 204: null },
  problems: ['second-factor-missing'],
  async answer(c) {
    const owner = await ownerOf(c)
    const outcome = await removeFactors(c.get('services'), owner)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'missing') return missing(c)
    logEvent(c, outcome.event, { account: owner.account.id })
    return done(c)
  },
})

export const renewRecoveryCodes = operation({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/recovery-codes',
  who: 'recently-authenticated',
  body: nothing,
  answers: { 200: z.strictObject({ recovery_codes }) },
  problems: ['second-factor-missing'],
  async answer(c) {
    const owner = await ownerOf(c)
    const outcome = await renewCodes(c.get('services'), owner)
    if (outcome.kind === 'logged-out') return loggedOut(c)
    if (outcome.kind === 'missing') return missing(c)
    logEvent(c, 'recovery-codes.renewed', { account: owner.account.id })
    return json(c, 200, { recovery_codes: outcome.codes })
  },
})

const missing = (c: Context) => problem(c, 'second-factor-missing')
