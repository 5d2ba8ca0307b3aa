// The list of requirements is sound. (Whether the page agrees with the tests is judged at the end of a full run: fresh.ts.)
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { renderPage } from './page.ts'
import { idsIn, type Proof, proofsOf } from './proofs.ts'
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
        { file: 'b.test.ts', title: 'V1.1.1 later', suite: 'test' },
        { file: 'a.test.ts', title, suite: 'test' },
      ]),
    )
    expect(page).toContain(
      '| V1.1.1 | 2 | Input is decoded once, and what was judged is what is stored | proved by `npm test`: takes "a b" x as it (is) (`a.test.ts`, and 1 more) |',
    )
    expect(page).toContain('proved by `npm test`: takes "a b" x as it (is) (`a.test.ts`) |')
  })

  it('name the command that proves them, or both', () => {
    const quick: Proof = { file: 'b.test.ts', title: 'V1.1.1 V1.1.2 quick', suite: 'test' }
    const long: Proof = { file: 'a.walk.test.ts', title: 'V1.1.1 V1.2.1 long', suite: 'test:exhaustive' }
    const page = renderPage(proofsOf([quick, long]))
    expect(page).toContain('proved by `npm test` and `npm run test:exhaustive`: long (`a')
    expect(page).toContain('proved by `npm test`: quick (`b')
    expect(page).toContain('proved by `npm run test:exhaustive`: long (`a')
  })

  it('are not proved where one of the tests that name them has failed', () => {
    const passed: Proof[] = [{ file: 'a.test.ts', title: 'V1.1.1 V1.1.2 one', suite: 'test' }]
    const failed: Proof[] = [{ file: 'b.test.ts', title: 'V1.1.1 another', suite: 'test:exhaustive' }]
    expect([...proofsOf(passed, failed).keys()]).toEqual(['V1.1.2'])
  })
})
