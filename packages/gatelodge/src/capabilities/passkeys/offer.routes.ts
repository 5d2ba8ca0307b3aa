// "Not now", on the account page.
import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { seeOther } from '../../web/http/answer.ts'
import type { AppEnv } from '../../web/http/context.ts'
import { loggedIn, ownerOf } from '../../web/session/guards.ts'
import { loggedOut } from '../../web/session/logged-out.ts'
import { declineOffer } from './offer.rules.ts'

export const passkeyOffer = new Hono<AppEnv>()

/** Where a log-in leads back to that came between. */
passkeyOffer.get(paths.passkeyOffer, loggedIn, (c) => seeOther(c, paths.account))

passkeyOffer.post(paths.passkeyOffer, loggedIn, async (c) => {
  const outcome = await declineOffer(c.get('services'), await ownerOf(c))
  return outcome.kind === 'declined' ? seeOther(c, paths.account) : loggedOut(c)
})
