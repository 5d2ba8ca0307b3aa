// Where the site asks for it: nobody is let in before they have shown that letters reach them.
import type { Gate } from '../../web/gate.ts'
import { paths } from '../../web/paths.ts'

export const verifiedEmail: Gate = {
  path: paths.verifyEmail,
  stops: ({ requireVerifiedEmail }, { verifiedAt }) => requireVerifiedEmail && verifiedAt === null,
}
