// Where a page of a list of accounts ended. It carries no authority: who may read the list may read all of it.
import { stringify } from 'uuid'
import { idFrom } from '../ids.ts'
import type { AccountOrder } from './list.ts'

export interface ListCursor {
  order: AccountOrder
  id: Buffer
  /** What the list is sorted by, of the last account on the page. */
  key: string
}

const orders: readonly string[] = ['registered', 'address', 'name'] satisfies AccountOrder[]

export function writeCursor({ order, id, key }: ListCursor): string {
  return Buffer.from(JSON.stringify([order, stringify(id), key])).toString('base64url')
}

/** @returns undefined for what writeCursor() did not write. */
export function readCursor(text: string): ListCursor | undefined {
  try {
    const [order, id, key] = JSON.parse(Buffer.from(text, 'base64url').toString())
    const parsed = typeof id === 'string' ? idFrom(id) : undefined
    if (!parsed || !orders.includes(order) || typeof key !== 'string' || !key.isWellFormed()) return undefined
    return { order, id: parsed, key }
  } catch {
    return undefined
  }
}
