// The forms of the acts on groups.
import { z } from 'zod'
import type { Problem } from '../../text/problem-text.ts'
import type { Act } from './act.rules.ts'
import { createGroup, deleteGroup, describeGroup } from './groups.rules.ts'

const text = z.string().default('')

export const GroupForm = z.object({ group: text, description: text })

export type GroupField = keyof z.output<typeof GroupForm>

export interface GroupAct {
  /** The last part of its address, and the key of its words. */
  name: 'create-group' | 'describe-group' | 'delete-group'
  act: Act
  fields: GroupField[]
}

/** Each act reads its own input. */
const any = (act: unknown) => act as Act

export const groupActs: GroupAct[] = [
  { name: 'create-group', act: any(createGroup), fields: ['group', 'description'] },
  { name: 'describe-group', act: any(describeGroup), fields: ['description'] },
  { name: 'delete-group', act: any(deleteGroup), fields: [] },
]

/** At the field that it is about; undefined: at none. */
export function groupProblem(outcome: { kind: string; field?: string }): Problem | undefined {
  switch (outcome.kind) {
    case 'bad-name':
      return { field: 'group', code: 'form' }
    case 'exists':
      return { field: 'group', code: 'taken' }
    case 'bad-input':
      return outcome.field === 'description' ? { field: 'description', code: 'too-long' } : undefined
    default:
      return undefined
  }
}
