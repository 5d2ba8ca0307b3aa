// Why an act was not done, at the field that it is about. What is about no field is said on the page of the account.
import type { Problem } from '../../text/problem-text.ts'

interface Refused {
  kind: string
  code?: unknown
}

const names = ['empty', 'too-long', 'control-characters'] as const

export function problemOf({ kind, code }: Refused): Problem | undefined {
  switch (kind) {
    case 'reason-needed':
      return { field: 'reason', code: 'empty' }
    case 'bad-name':
      return { field: 'account_name', code: names.find((one) => one === code) ?? 'empty' }
    case 'same-name':
      return { field: 'account_name', code: 'same' }
    case 'same-address':
      return { field: 'account_email', code: 'same' }
    case 'bad-address':
      return { field: 'account_email', code: 'form' }
    case 'taken':
    case 'reserved':
      return { field: 'account_email', code: kind }
    case 'no-group':
    case 'member':
    case 'no-member':
      return { field: 'group', code: kind }
    default:
      return undefined
  }
}
