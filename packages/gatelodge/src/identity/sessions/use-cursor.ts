// Where a page of a list of sessions ended: when the last one was used, and its id, `1767225600000.0197…`. It carries no
// authority.
import { NIL, parse, stringify, validate } from 'uuid'

interface Use {
  lastSeenAt: number
  id: Buffer | null
}

export function writeUse({ lastSeenAt, id }: Use): string {
  return `${lastSeenAt}.${id ? stringify(id) : NIL}`
}

/** @returns undefined for what writeUse() did not write. */
export function readUse(text: string): { lastSeenAt: number; id: Buffer } | undefined {
  const [, at = '', id = ''] = /^(\d{1,15})\.(.{36})$/.exec(text) ?? []
  return validate(id) ? { lastSeenAt: Number(at), id: Buffer.from(parse(id)) } : undefined
}
