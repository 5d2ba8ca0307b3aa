// More fields for the registration form, described by whoever runs the site.
import { z } from 'zod'

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
    'form_token',
    'session',
    'others',
  ].concat(['letter', 'main', 'constructor']),
)

const words = (most: number) => z.string().trim().min(1).max(most)

const named = {
  /** As it is called in the form, in JSON and in the export. */
  name: z
    .string()
    .regex(/^[a-z][a-z\d_]{0,29}$/, 'small letters, digits and _, 30 at most')
    // Fields with such names are never shown again.
    .refine((name) => !reserved.has(name) && !/password|token/.test(name), 'a name that is not ours already'),
  label: words(120),
  hint: words(200).optional(),
  required: z.boolean().default(false),
}

const ownField = z.discriminatedUnion('type', [
  z.strictObject({ ...named, type: z.literal('text'), maxLength: z.int().min(1).max(200).default(100) }),
  z.strictObject({
    ...named,
    type: z.literal('checkbox'),
    /** A page that people should be able to read before they tick it. */
    link: z
      .strictObject({ href: z.string().regex(/^(?:https:\/\/|\/(?![/\\]))\S+$/, 'https://… or /…'), text: words(60) })
      .optional(),
  }),
  z.strictObject({
    ...named,
    type: z.literal('select'),
    options: z.array(words(100)).min(1).max(100).refine(isEachOnce, 'each option once'),
  }),
])

export type OwnField = z.output<typeof ownField>
export type OwnFieldInput = z.input<typeof ownField>

/** What was typed must fit into the cookie that brings it back. */
const most = 10

const list = z
  .array(ownField)
  .max(most)
  .refine((fields) => isEachOnce(fields.map(({ name }) => name)), 'each name once')

/** An array, or the same as JSON. */
export const ownFields = z
  .union([z.string(), z.custom<OwnFieldInput[]>(Array.isArray)], { error: 'a list of fields' })
  .transform((given, context): OwnField[] => {
    const result = list.safeParse(typeof given === 'string' ? parsed(given) : given)
    if (result.success) return result.data
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the list'}: ${message}`)
    context.addIssue({ code: 'custom', message: `a list of fields, with this mended: ${faults.join('; ')}` })
    return z.NEVER
  })

function isEachOnce(all: string[]): boolean {
  return new Set(all).size === all.length
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
