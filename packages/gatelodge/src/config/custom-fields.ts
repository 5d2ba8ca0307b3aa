// More fields for the registration form, described by anyone who runs the site.
import { z } from 'zod'
import { namedList } from './named-list.ts'
import { oneLine } from './values.ts'

/** What forms of ours, their ids and the language itself use already. */
const reserved = new Set(
  [
    'name',
    'email',
    'password',
    'username',
    'remember',
    'return_to',
    'kept_email',
    'meant_email',
    'form_token',
    'session',
    'others',
  ].concat(['verification_email', 'main', 'constructor']),
)

const words = oneLine
const optionsAllowed = 'a list of 1 to 100 options'
const nameAllowed = 'small letters, digits and _, 30 at most'
const lengths = 'a whole number from 1 to 200'

const named = {
  /** As it is called in the form, in JSON and in the export. */
  name: z
    .string({ error: nameAllowed })
    .regex(/^[a-z][a-z\d_]{0,29}$/, nameAllowed)
    // Fields with such names are never shown again.
    .refine((name) => !reserved.has(name) && !/password|token/.test(name), 'a name that is not ours already'),
  label: words(120),
  hint: words(200).optional(),
  required: z.boolean({ error: 'true or false' }).default(false),
}

const types = ['text', 'checkbox', 'select']

const customField = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      ...named,
      type: z.literal('text'),
      maxLength: z.int({ error: lengths }).min(1, { error: lengths }).max(200, { error: lengths }).default(100),
    }),
    z.strictObject({
      ...named,
      type: z.literal('checkbox'),
      /** A page that people should be able to read before they tick it. */
      link: z
        .strictObject({
          href: z.string({ error: 'https://… or /…' }).regex(/^(?:https:\/\/|\/(?![/\\]))\S+$/, 'https://… or /…'),
          text: words(60),
        })
        .optional(),
    }),
    z.strictObject({
      ...named,
      type: z.literal('select'),
      options: z
        .array(words(100), { error: optionsAllowed })
        .min(1, { error: optionsAllowed })
        .max(100, { error: optionsAllowed })
        .refine(isEachOnce, 'each option once'),
    }),
  ],
  { error: 'an object whose type is text, checkbox or select' },
)

export type CustomField = z.output<typeof customField>
export type CustomFieldInput = z.input<typeof customField>

/** What was typed must fit into the cookie that brings it back. */
const most = 10

/** An array, or the same as JSON. */
export const customFields = namedList({
  ...{ entry: customField, what: 'fields', most, faultsOf: faultsBesideType },
  keys: [...Object.keys(named), 'type', 'maxLength', 'link', 'options'],
})

/** Where the type is not known, the schema says nothing of all else. */
function faultsBesideType(given: Record<string, unknown>): string[] {
  if (types.includes(String(given.type))) return []
  const issues = z.object(named).safeParse(given).error?.issues ?? []
  return issues.map(({ path, message }) => `${path.join(': ')}: ${message}`)
}

function isEachOnce(all: string[]): boolean {
  return new Set(all).size === all.length
}
