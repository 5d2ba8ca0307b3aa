// Settings that are lists of objects with names. Messages list all faults at once, each behind the name of its entry.
import { z } from 'zod'
import { nearest } from '../nearest.ts'

interface NamedList<Entry extends z.ZodType> {
  entry: Entry
  /** What all of them are, such as `providers`. */
  what: string
  most: number
  /** Every key that an entry may have. */
  keys: string[]
  /** What the schema of an entry does not say; also of an entry that has other faults. Never what was given. */
  faultsOf(given: Record<string, unknown>): string[]
}

/** An array, or the same as JSON. */
export function namedList<Entry extends z.ZodType<{ name: string }>>(list: NamedList<Entry>) {
  const { entry, what, most } = list
  return z
    .union([z.string(), z.custom<z.input<Entry>[]>(Array.isArray)], { error: `a list of ${what}` })
    .transform((given, context): z.output<Entry>[] => {
      const all = typeof given === 'string' ? parsed(given) : given
      const faults = Array.isArray(all) ? faultsOfAll(all, list) : ['an array, or the same as JSON']
      if (Array.isArray(all) && faults.length === 0) {
        // The faults of each were looked for already, so none is left.
        const read = z.array(entry).max(most).safeParse(all)
        if (read.success) return read.data
      }
      context.addIssue({ code: 'custom', message: `a list of ${what}, with this mended: ${faults.join('; ')}` })
      return z.NEVER
    })
}

function faultsOfAll<Entry extends z.ZodType>(all: unknown[], list: NamedList<Entry>): string[] {
  const labels = all.map(labelOf)
  const twice = labels.filter((label, at) => labels.indexOf(label) < at)
  const tooMany = all.length > list.most ? [`${list.most} ${list.what} at most`] : []
  const faults = all.flatMap((one, at) => faultsOfEntry(one, list).map((fault) => `${labels[at]}: ${fault}`))
  return [...new Set([...tooMany, ...faults, ...twice.map((label) => `${label}: this name is there twice`)])]
}

function faultsOfEntry<Entry extends z.ZodType>(one: unknown, { entry, keys, faultsOf }: NamedList<Entry>): string[] {
  const issues = entry.safeParse(one).error?.issues ?? []
  const faults = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
      return issue.keys.map((key) => unknownKey(key, keys))
    return [issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message]
  })
  return isObject(one) ? [...faults, ...faultsOf(one)] : faults
}

function unknownKey(key: string, keys: string[]): string {
  const meant = nearest(key, keys, 3)
  // What is no word is not repeated: it may be a value in the wrong place.
  const named = /^\w{1,30}$/.test(key) ? `there is no "${key}"` : 'there is a key that is not known'
  return meant ? `${named}; did you mean "${meant}"?` : `${named}; the keys are ${keys.join(', ')}`
}

/** Its name where it has one, else its place in the list. */
function labelOf(one: unknown, at: number): string {
  const name = isObject(one) ? one.name : undefined
  return typeof name === 'string' && /^[a-z][a-z\d_-]{0,29}$/.test(name) ? name : `number ${at + 1}`
}

const isObject = (one: unknown): one is Record<string, unknown> =>
  typeof one === 'object' && one !== null && !Array.isArray(one)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
