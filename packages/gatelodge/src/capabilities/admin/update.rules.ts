// Several things of an account at once, as code and programs change them. Knows no HTTP and no SQL.
import type { CustomValues } from '../../identity/accounts/custom-fields.ts'
import { parseName } from '../../identity/accounts/name.ts'
import type { Services } from '../../services.ts'
import type { ActOrder } from './act.rules.ts'
import { perform } from './acts.ts'
import { fieldsOf, setFields } from './fields.rules.ts'
import { setAddress, setName, verifyAddress } from './profile.rules.ts'

/** What is not named stays. */
export interface AccountUpdate {
  name?: string | undefined
  email?: string | undefined
  /** Of the address: the new one, if it changes. */
  verified?: true | undefined
  fields?: CustomValues | undefined
}

interface Refused {
  kind: string
  code?: string
  field?: string
}

/** It is so already. */
const asItIs = ['verified', 'same-name', 'same-address']

/** What is wrong in itself is found first; then the address changes, so that where it is refused nothing has changed. */
export async function updateAccount(
  needs: Services,
  order: ActOrder,
  id: Buffer,
  { name, email, verified, fields }: AccountUpdate,
): Promise<{ kind: 'done' } | Refused> {
  const named = name === undefined ? undefined : parseName(name)
  if (named && 'refusal' in named) return { kind: 'bad-name', code: named.refusal }
  const judged = fields && fieldsOf(needs.settings.fields, fields)
  if (judged && 'kind' in judged) return judged
  const steps = [
    email !== undefined && (() => perform(setAddress, needs, order, id, { email, verified })),
    verified && (() => perform(verifyAddress, needs, order, id, {})),
    name !== undefined && (() => perform(setName, needs, order, id, { name })),
    fields && (() => perform(setFields, needs, order, id, { fields })),
  ]
  for (const step of steps) {
    const outcome = step ? await step() : undefined
    if (outcome && outcome.kind !== 'done' && !asItIs.includes(outcome.kind)) return outcome
  }
  return { kind: 'done' }
}
