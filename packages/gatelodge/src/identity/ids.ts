// Ids are made by us, before the first try of whatever they are for, so that a retry repeats them.
import { parse, v7, validate } from 'uuid'

/**
 * A UUID version 7 (RFC 9562): 16 bytes that sort by the moment they were made. It carries no authority.
 * @param at another moment, in milliseconds, of what was made elsewhere before.
 */
export function newId(at?: number): Buffer {
  return v7(at === undefined ? undefined : { msecs: at }, Buffer.alloc(16))
}

/** The smallest id that can have been made at that moment: where a range of them begins. */
export function firstIdOf(at: number): Buffer {
  const id = Buffer.alloc(16)
  id.writeUIntBE(at, 0, 6)
  return id
}

/** @returns undefined for what is no UUID. */
export function idFrom(text: string): Buffer | undefined {
  return validate(text) ? Buffer.from(parse(text)) : undefined
}
