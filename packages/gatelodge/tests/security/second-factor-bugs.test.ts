// docs/security/second-factor-bugs.md names a test for each bug of others. Each of them is there, and speaks of that bug.
import { describe, expect, it } from 'vitest'
import { codes, document, onlyTable } from '../support/documents.ts'

const rows = onlyTable('docs/security/second-factor-bugs.md')
const pathOf = (row: Record<string, string>) => codes(row['its file, below `packages/gatelodge`'])[0] ?? ''
const titleOf = (row: Record<string, string>) => codes(row['the test here'])[0] ?? ''

describe('The table of bugs of others', () => {
  it.each(rows.map((row) => [titleOf(row), row] as const))('has a test of that title: %s', (title, row) => {
    // In the source a quote of the title may be escaped.
    expect(document(`packages/gatelodge/${pathOf(row)}`).replaceAll("\\'", "'")).toContain(`'${title}'`)
    expect(title).toContain(codes(row.thread)[0])
    expect(row['what went wrong there']).not.toBe('')
  })

  it('has each of the 35 reports, in their order', () => {
    const numbers = rows.map((row) => Number(row['#']))
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
    const all = Array.from({ length: 35 }, (_, at) => at + 1)
    expect([...new Set(numbers)]).toEqual(all)
  })
})
