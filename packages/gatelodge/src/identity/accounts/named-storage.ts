// Names and addresses of accounts that a list is about, in one statement.
import type { Store } from '../../database/transaction.ts'

export interface NamedAccount {
  name: string
  email: string
}

/** @returns by the id in hexadecimal; what is not among it is gone. */
export async function namesOf(store: Store, ids: (Buffer | null)[]): Promise<Map<string, NamedAccount>> {
  const wanted = [...new Map(ids.flatMap((id) => (id ? [[id.toString('hex'), id]] : []))).values()]
  if (wanted.length === 0) return new Map()
  const rows = await store
    .selectFrom('gatelodge_accounts')
    .select(['id', 'name', 'email'])
    .where('id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ id, name, email }) => [id.toString('hex'), { name, email }]))
}
