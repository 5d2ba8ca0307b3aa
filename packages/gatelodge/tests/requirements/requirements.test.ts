// The list of requirements is sound. (Whether the page agrees with the tests is judged at the end of a full run: fresh.ts.)
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { renderPage } from './page.ts'
import { idsIn, proofsOf } from './proofs.ts'
import { rows } from './rows.ts'

const product = fileURLToPath(new URL('../../', import.meta.url))

/** The ids that titles of tests name, as they stand in the sources. */
const claimed = ['src', 'tests'].flatMap((folder) =>
  readdirSync(`${product}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name) && name !== 'requirements/requirements.test.ts')
    .flatMap((name) => idsIn(readFileSync(`${product}/${folder}/${name}`, 'utf8').replace(/^\s*(\/\/|\*).*$/gm, ''))),
)

describe('The requirements', () => {
  it('stand once each, as many as were chosen from the standard', () => {
    expect(rows).toHaveLength(300)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(300)
  })

  it('hold every id that a test names', () => {
    const known = new Set(rows.map(({ id }) => id))
    expect(claimed.filter((id) => !known.has(id))).toEqual([])
  })

  it('are never proved by a test and called later, not ours or by design as well', () => {
    const proved = new Set(claimed)
    expect(rows.filter(({ id, state }) => state && proved.has(id)).map(({ id }) => id)).toEqual([])
  })

  it('are shown with the first test that proves them, without what would break the table', () => {
    const title = 'V1.1.1 V1.1.2 takes "a|b" `<x>` as [it](is)'
    const page = renderPage(
      proofsOf([
        { file: 'b.test.ts', title: 'V1.1.1 later' },
        { file: 'a.test.ts', title },
      ]),
    )
    expect(page).toContain(
      '| V1.1.1 | 2 | Input is decoded once, and what was judged is what is stored | proved: takes "a b" x as it (is) (`a.test.ts`, and 1 more) |',
    )
    expect(page).toContain('proved: takes "a b" x as it (is) (`a.test.ts`) |')
  })
})
