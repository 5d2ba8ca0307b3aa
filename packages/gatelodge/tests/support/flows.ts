// All that people do, as one request each, and the settings with which it can be done. A flow looks like what stands in flows/.
import type { Settings } from '../../src/config/schema.ts'
import { byProvider, providerSettings } from './flows/by-provider.ts'
import { changing } from './flows/changing.ts'
import { confirmFirst } from './flows/confirm-first.ts'
import { entering } from './flows/entering.ts'
import type { Flow } from './flows/flow.ts'
import { inviting, invitingByEmail } from './flows/inviting.ts'
import { leaving, withoutWayBack } from './flows/leaving.ts'
import { passkeyAlone } from './flows/passkey-alone.ts'
import { passkeys } from './flows/passkeys.ts'
import { recovering } from './flows/recovering.ts'
import { atTheStep, enrolment, ofTheOwner } from './flows/second-factor.ts'
import { atTheGate, verifying } from './flows/verifying.ts'

interface Site {
  /** Behind a title: "With one fault, where …". */
  where: string
  settings: Partial<Settings>
  flows: Record<string, Flow>
}

export const sites: Site[] = [
  {
    where: '',
    settings: {},
    flows: { ...entering, ...verifying, ...recovering, ...changing, ...leaving, ...inviting },
  },
  { where: ', where an email confirms first', settings: { registration: 'confirm-first' }, flows: confirmFirst },
  {
    where: ', with an open invitation where an email confirms first',
    settings: { registration: 'confirm-first', emailsPerClient: 10_000 },
    flows: invitingByEmail,
  },
  { where: ', where a gate stops people', settings: { requireVerifiedEmail: true }, flows: atTheGate },
  { where: ', with a second factor', settings: {}, flows: { ...atTheStep, ...ofTheOwner } },
  { where: ', with a passkey', settings: {}, flows: passkeys },
  { where: ', by a provider', settings: providerSettings, flows: byProvider },
  { where: ', without a password', settings: { emailsPerClient: 10_000 }, flows: passkeyAlone },
  { where: ', where a second factor is required', settings: { secondFactor: 'required' }, flows: enrolment },
  { where: ', where nobody comes back', settings: { deletionDelay: 0 }, flows: withoutWayBack },
]
