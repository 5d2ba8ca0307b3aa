// The ids of imported accounts tell where they came from: the file's mark and the line stand where a UUIDv7 (RFC 9562) has
// random bits. So a run after a kill knows its own rows again, and two rows of one file for one address differ from an
// address that had an account before. Ids carry no authority.

/** @param mark 5 bytes that name the source. @param line less than 2^32. */
export function rowId(mark: Buffer, line: number, now: number): Buffer {
  const id = Buffer.alloc(16)
  id.writeUIntBE(now, 0, 6)
  mark.copy(id, 7, 0, 5)
  id.writeUInt32BE(line, 12)
  id.writeUInt8(0x70 | (mark.readUInt8(5) & 15), 6)
  id.writeUInt8(0x80 | (id.readUInt8(8) & 63), 8)
  return id
}

/** @returns the line; undefined for an account that did not come from this source. */
export function lineOfId(mark: Buffer, id: Buffer): number | undefined {
  const line = id.readUInt32BE(12)
  return rowId(mark, line, id.readUIntBE(0, 6)).equals(id) ? line : undefined
}
