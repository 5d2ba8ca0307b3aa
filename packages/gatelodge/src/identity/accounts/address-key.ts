import { digest } from '../sealing.ts'
import { type Address, parseAddress } from './address.ts'

/** What tokens and unique keys know an address by: one length whatever the address, and not the address itself. */
export function addressKey(address: Address | string): Buffer {
  const parsed = typeof address === 'string' ? parseAddress(address) : address
  return digest(parsed?.normalised ?? '')
}
