// Who am I.
import { stringify } from 'uuid'
import { z } from 'zod'
import { described } from '../../api/described.ts'
import { operation } from '../../api/operation.ts'
import { moment, nothing } from '../../api/shapes.ts'
import { proofsIn } from '../../identity/logins/methods.ts'
import { json } from '../../web/http/answer.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { sessionOf } from '../../web/session/guards.ts'

const Session = z.strictObject({
  account: z.strictObject({
    id: z.uuid().meta(described('lastingId')),
    name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    registered_at: moment,
    groups: z.array(z.string()).meta(described('groups')),
    fields: z.record(z.string(), z.union([z.string(), z.boolean()])).meta(described('customFields')),
  }),
  session: z.strictObject({
    kind: z.enum(['cookie', 'bearer']),
    started_at: moment,
    reauthenticated_at: moment.nullable().meta(described('reauthenticatedAt')),
    remembered: z.boolean(),
    methods: z.record(z.string(), moment).meta(described('methods')),
    authenticated_at: moment.meta(described('authenticatedAt')),
  }),
})

export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/session',
  who: 'logged-in',
  body: nothing,
  answers: { 200: Session },
  problems: [],
  async answer(c) {
    const { account, createdAt, reauthenticatedAt, remembered, methods, authenticatedAt } = await sessionOf(c)
    const session: z.output<typeof Session> = {
      account: {
        id: stringify(account.id),
        name: account.name,
        email: account.email,
        email_verified: account.verifiedAt !== null,
        registered_at: written(account.createdAt),
        groups: [...account.groups],
        fields: account.fields,
      },
      session: {
        kind: bearerToken(c) === undefined ? 'cookie' : 'bearer',
        started_at: written(createdAt),
        reauthenticated_at: reauthenticatedAt ? written(reauthenticatedAt) : null,
        remembered,
        methods: Object.fromEntries(proofsIn(methods).map(([method, at]) => [method, written(at)])),
        authenticated_at: written(authenticatedAt),
      },
    }
    return json(c, 200, session)
  },
})

const written = (at: number) => new Date(at).toISOString()
