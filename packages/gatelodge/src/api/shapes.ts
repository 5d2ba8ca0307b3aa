// Shapes that several operations share.
import { z } from 'zod'
import { described } from './described.ts'

export const nothing = z.object({})

/** Which session to start. */
export const kind = z.enum(['cookie', 'bearer']).default('cookie').meta(described('session'))

/** What a program goes on with where a step is due. */
const loginTokenGiven = z.string().optional().meta(described('loginTokenGiven'))

export const loginToken = z.string().default('').meta(described('loginToken'))

export const token = z.string().meta(described('linkToken'))

/** A session has started, or goes on under a new token. */
export const Started = z.strictObject({
  account: z.uuid().meta(described('accountId')),
  token: z.string().optional().meta(described('newToken')),
})

/** Of a registration: what is still to be done before anyone is logged in. */
export const Next = z.strictObject({
  next: z.enum(['verify-email', 'read-email', 'step']).meta(described('next')),
  code: z.string().optional().meta(described('stepCode')),
  login_token: loginTokenGiven,
})

export const moment = z.iso.datetime().meta(described('moment'))

/** Of a list that comes in pages. */
export const nextPage = z.string().nullable().meta(described('nextPage'))

/** Of a list for keys. */
export const nextCursor = z.string().nullable().meta(described('nextCursor'))

/** Why, for the record. */
export const reason = z.string().default('').meta(described('actReason'))

/** RFC 9457. */
export const ProblemShape = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().meta(described('code')),
  errors: z
    .array(z.strictObject({ field: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .meta(described('errors')),
  methods: z.array(z.string()).optional().meta(described('factorMethods')),
  login_token: loginTokenGiven,
})
