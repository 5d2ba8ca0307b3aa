// Registration fields of the site, filled in for someone else. Knows no HTTP and no SQL.
import { z } from 'zod'
import type { CustomField } from '../../config/custom-fields.ts'
import { type CustomValues, judgeCustomFields } from '../../identity/accounts/custom-fields.ts'
import { type Act, changeAccount, type NoAccount } from './act.rules.ts'

export type BadField = { kind: 'bad-field'; field: string; code: string }

/** Only what is given is judged: who runs the site need not know everything that the form asks for. */
export function fieldsOf(fields: CustomField[], given: CustomValues): { values: CustomValues } | BadField {
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name))
  if (unknown !== undefined) return { kind: 'bad-field', field: unknown, code: 'unknown' }
  const asked = fields.filter(({ name }) => Object.hasOwn(given, name))
  const { values, problems } = judgeCustomFields(asked, given)
  const [problem] = problems
  return problem ? { kind: 'bad-field', field: problem.field, code: problem.code } : { values }
}

const Fields = z.object({ fields: z.record(z.string(), z.union([z.string(), z.boolean()])) })

/** Those that are named; the others stay. An empty text takes a field away that is not required. */
export const setFields: Act<typeof Fields, { kind: 'done' } | NoAccount | BadField> = {
  name: 'set-fields',
  input: Fields,
  needsReason: false,
  scope: 'accounts:write',
  event: 'fields.set',
  async run(needs, order, id, { fields }) {
    const judged = fieldsOf(needs.settings.fields, fields)
    if ('kind' in judged) return judged
    return changeAccount<never>(needs, order, id, {
      event: 'fields.set',
      about: Object.keys(fields).join(' ').slice(0, 255),
      async work(trx, held) {
        const kept = Object.entries(held.fields).filter(([name]) => !Object.hasOwn(fields, name))
        await needs.accounts.setFields(trx, id, { ...Object.fromEntries(kept), ...judged.values })
        return undefined
      },
    })
  },
}
