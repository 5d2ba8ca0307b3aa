// Groups from a claim of a provider: what it calls a group, and what that is here.
import { z } from 'zod'
import { isGroupName } from './group-name.ts'
import { oneLine, oneOf } from './values.ts'

export interface GroupMapping {
  /** The name of the claim, then the names within it. */
  claim: string[]
  /** A value of the claim, and our groups for it. */
  map: [value: string, groups: string[]][]
  /** `each-login`: groups are given and taken away each time. `first-login`: given once, when the connection is made. */
  when: 'each-login' | 'first-login'
}

const most = 100
/** They stand in a cookie until a newcomer's account is made. */
const longestTogether = 1_000

const claimAllowed = { error: 'the name of a claim, or a list of names, up to 5, that leads into one' }
const nameAllowed = {
  error: 'names of groups, or lists of names: 1 to 64 characters of a to z, 0 to 9, ".", "_" and "-"',
}
const group = z.string(nameAllowed).refine(isGroupName, nameAllowed)
const sizeAllowed = `up to ${most} values, with names of groups of ${longestTogether} characters together`

const map = z
  .record(
    z.string().min(1).max(200),
    z.union(
      [group.transform((one) => [one]), z.array(group, nameAllowed).min(1, nameAllowed).max(50, nameAllowed)],
      nameAllowed,
    ),
    {
      error: 'an object: a value of the claim, and the group or the groups that it means here',
    },
  )
  .transform((given) => Object.entries(given))
  .refine((pairs) => pairs.length > 0 && pairs.length <= most, { error: sizeAllowed })
  .refine((pairs) => namesIn(pairs).join().length <= longestTogether, { error: sizeAllowed })
  .refine((pairs) => !namesIn(pairs).includes('administrators'), {
    error: 'another group than administrators: only an administrator makes another one',
  })

function namesIn(pairs: [string, string[]][]): string[] {
  return [...new Set(pairs.flatMap(([, names]) => names))]
}

export const groupMapping = z.strictObject(
  {
    claim: z
      .union(
        [
          oneLine(200).transform((one) => [one]),
          z.array(oneLine(200), claimAllowed).min(1, claimAllowed).max(5, claimAllowed),
        ],
        claimAllowed,
      )
      .default(['groups']),
    map,
    when: oneOf(['each-login', 'first-login']).default('each-login'),
  },
  { error: 'an object: claim, map and when' },
)
