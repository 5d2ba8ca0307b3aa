// Lists that are read a page at a time, the newest in front. A page begins where another ended, not at a number: rows come
// and go meanwhile.

/** Beside which row a page lies: `before` it in time, so below it in the list, or `after` it. Neither: on top. */
export interface Position<Key> {
  before?: Key | undefined
  after?: Key | undefined
}

export interface ListPage<Row> {
  rows: Row[]
  hasPrevious: boolean
  hasNext: boolean
}

/** Rows of one page. */
const pageSize = 20

/**
 * @param read gives at most that many rows, the nearest to the position in front.
 * @returns the first page where nothing lies before, so that it is always whole.
 */
export async function readPage<Row, Key>(
  position: Position<Key>,
  read: (position: Position<Key>, most: number) => Promise<Row[]>,
): Promise<ListPage<Row>> {
  const { before, after } = position
  const found = await read(position, pageSize + 1)
  const [rows, hasMore] = [found.slice(0, pageSize), found.length > pageSize]
  if (after !== undefined)
    return hasMore ? { rows: rows.reverse(), hasPrevious: true, hasNext: true } : readPage({}, read)
  if (before !== undefined && rows.length === 0) return readPage({}, read)
  return { rows, hasPrevious: before !== undefined, hasNext: hasMore }
}
