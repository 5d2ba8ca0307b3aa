// Shapes that several operations share.
import { z } from 'zod'

export const nothing = z.object({})

/** Which session to start. */
export const kind = z.enum(['cookie', 'bearer']).default('cookie').meta({
  description: '`cookie` for a browser on a page of this site; `bearer` for an app, which gets a token in the answer.',
})

/** What a program goes on with where a step is due. */
export const loginTokenGiven = z.string().optional().meta({
  description: 'For `bearer`, where a step is due: what the log-in goes on with. Only this once.',
})

export const loginToken = z.string().default('').meta({
  description: 'The `login_token` of a log-in under way. A browser sends its cookie instead.',
})

export const token = z.string().meta({ description: 'The last part of the link in the email.' })

/** A session has started, or goes on under a new token. */
export const Started = z.strictObject({
  account: z.uuid().meta({ description: 'The account’s id.' }),
  token: z.string().optional().meta({
    description: 'For `bearer` only, and only this once. It replaces the token before.',
  }),
})

export const moment = z.iso.datetime().meta({ description: 'UTC.' })

/** RFC 9457. */
export const ProblemShape = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().meta({ description: 'Stable: decide by it.' }),
  errors: z
    .array(z.strictObject({ field: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'For `fields`: what is not right, in words for people.' }),
  methods: z.array(z.string()).optional().meta({
    description: 'For `second-factor-required` at a log-in: by which of these it is passed, `app` and `recovery-code`.',
  }),
  login_token: loginTokenGiven,
})
