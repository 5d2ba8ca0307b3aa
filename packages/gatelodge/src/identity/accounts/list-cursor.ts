// Where a page of a list of accounts ended. It carries no authority: anyone who may read the list may read all of it.
import { stringify } from 'uuid'
import { idFrom } from '../ids.ts'

export const accountOrders = ['registered', 'address', 'name'] as const
export type AccountOrder = (typeof accountOrders)[number]

export interface ListCursor {
  order: AccountOrder
  id: Buffer
  /** What the list is sorted by, of the last account on the page. */
  key: string
}

export function writeCursor({ order, id, key }: ListCursor): string {
  return Buffer.from(`${order} ${stringify(id)} ${key}`).toString('base64url')
}

/** @returns undefined for what writeCursor() did not write. */
export function readCursor(text: string): ListCursor | undefined {
  const [, name, named = '', key = ''] = /^(\w+) (\S{36}) (.*)$/s.exec(Buffer.from(text, 'base64url').toString()) ?? []
  const [order, id] = [accountOrders.find((one) => one === name), idFrom(named)]
  return order && id ? { order, id, key } : undefined
}
