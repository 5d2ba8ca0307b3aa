// The public keys by which an app checks `Remote-Token`. There only where that token is: the app may have keys of its own.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { minutes } from '../../time.ts'
import { answer } from '../http/answer.ts'
import type { AppEnv } from '../http/context.ts'

/** Also how long a new secret has to be in force before it comes first. */
const kept = minutes(5)

export const publishedKeys = new Hono<AppEnv>().get(paths.keys, (c) =>
  answer(c, 200, JSON.stringify(c.get('services').identityTokens?.published ?? { keys: [] }), {
    'content-type': 'application/jwk-set+json',
    'cache-control': `public, max-age=${kept / 1000}`,
  }),
)
