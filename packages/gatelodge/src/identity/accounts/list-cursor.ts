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
  // Addresses are ASCII in the database: MySQL fails where another key is compared with them.
  const isKey = order !== 'address' || isAscii(key)
  return order && id && isKey ? { order, id, key } : undefined
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
export const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text)
