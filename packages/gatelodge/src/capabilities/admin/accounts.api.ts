// Accounts for programs: found, created and changed by a key.
import { z } from 'zod'
import { orderByKey } from '../../api/admin-key.ts'
import { refused } from '../../api/answers.ts'
import { described } from '../../api/described.ts'
import { limitFrom, oneOf, wrongQuery } from '../../api/list-query.ts'
import { operation } from '../../api/operation.ts'
import { nextCursor, nothing, reason } from '../../api/shapes.ts'
import { parseAddress } from '../../identity/accounts/address.ts'
import { accountOrders } from '../../identity/accounts/list-cursor.ts'
import { listAccounts } from '../../identity/accounts/list-storage.ts'
import { accountStates } from '../../identity/accounts/list-wanted.ts'
import { idFrom } from '../../identity/ids.ts'
import { json, problem } from '../../web/http/answer.ts'
import { createAccount } from './create.rules.ts'
import { account, act, answerAccount, Managed, managed, ofAct, refusedAct } from './for-programs.ts'
import { updateAccount } from './update.rules.ts'

export const adminListAccounts = operation({
  id: 'adminListAccounts',
  method: 'GET',
  path: '/admin/accounts',
  who: 'key',
  admin: { scope: 'accounts:read' },
  body: nothing,
  query: {
    query: 'listQuery',
    group: 'listGroup',
    state: 'listState',
    order: 'listOrder',
    limit: 'listLimit',
    cursor: 'listCursor',
  },
  answers: { 200: z.strictObject({ accounts: z.array(Managed), next: nextCursor }) },
  problems: ['query'],
  async answer(c) {
    const { query, group, cursor, ...given } = c.req.query()
    const limit = limitFrom(given.limit)
    const state = oneOf(accountStates, given.state)
    const order = oneOf(accountOrders, given.order)
    if (limit === undefined || state === null || order === null) return wrongQuery(c)
    const page = await listAccounts(c.get('services').database.db, { query, group, state, order, limit, cursor })
    if (!page) return wrongQuery(c)
    return json(c, 200, { accounts: page.accounts.map(managed), next: page.next ?? null })
  },
})

export const adminGetAccount = operation({
  id: 'adminGetAccount',
  method: 'GET',
  path: '/admin/account',
  who: 'key',
  admin: { scope: 'accounts:read' },
  body: nothing,
  query: { id: 'accountId', email: 'findEmail' },
  answers: { 200: Managed },
  problems: ['not-found'],
  async answer(c) {
    const { accounts, database } = c.get('services')
    const { id = '', email = '' } = c.req.query()
    const address = id === '' ? parseAddress(email) : undefined
    const found = address && (await accounts.findByAddress(database.db, address))
    return found ? json(c, 200, managed(found)) : answerAccount(c, idFrom(id) ? id : '')
  },
})

const values = z.record(z.string(), z.union([z.string(), z.boolean()]))

export const adminCreateAccount = operation({
  id: 'adminCreateAccount',
  method: 'POST',
  path: '/admin/accounts',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({
    email: z.string(),
    name: z.string(),
    password: z.string().optional().meta(described('newAccountPassword')),
    password_hash: z.string().optional().meta(described('passwordHash')),
    email_verified: z.boolean().default(false).meta(described('emailVerified')),
    fields: values.default({}).meta(described('customFields')),
    groups: z.array(z.string()).default([]).meta(described('groups')),
    created_at: z.iso.datetime({ offset: true }).optional().meta(described('createdAt')),
    reason,
  }),
  answers: { 201: Managed },
  problems: ['fields', 'busy'],
  async answer(c, { password_hash, email_verified, created_at, reason, ...given }) {
    const createdAt = created_at === undefined ? undefined : Date.parse(created_at)
    const input = { ...given, passwordHash: password_hash, verified: email_verified, createdAt }
    const outcome = await act(c, createAccount, { reason }, input)
    return outcome instanceof Response ? outcome : answerAccount(c, outcome.id, 201)
  },
})

export const adminUpdateAccount = operation({
  id: 'adminUpdateAccount',
  method: 'POST',
  path: '/admin/accounts/update',
  who: 'key',
  admin: { scope: 'accounts:write' },
  body: z.object({
    ...{ account, reason },
    name: z.string().optional(),
    email: z.string().optional().meta(described('setEmail')),
    email_verified: z.literal(true).optional().meta(described('emailVerified')),
    fields: values.optional().meta(described('setFields')),
  }),
  answers: { 200: Managed },
  problems: ofAct,
  async answer(c, { account, reason, email_verified, ...changes }) {
    const id = idFrom(account)
    if (!id) return problem(c, 'not-found')
    // Nothing to change is no way to read an account.
    if (email_verified === undefined && Object.values(changes).every((one) => one === undefined))
      return refused(c, [{ field: 'name', code: 'empty' }])
    const order = orderByKey(c, reason)
    const outcome = await updateAccount(c.get('services'), order, id, { ...changes, verified: email_verified })
    return outcome.kind === 'done' ? answerAccount(c, id) : refusedAct(c, outcome)
  },
})
