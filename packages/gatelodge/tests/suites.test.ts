// What belongs to `npm test` and what to `npm run test:exhaustive`.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const exhaustive = join(import.meta.dirname, 'exhaustive')
const product = join(import.meta.dirname, '..')
const groups = readdirSync(exhaustive, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe('The exhaustive tests', () => {
  it('say of each group what it proves', () => {
    const rows = [...readFileSync(join(exhaustive, 'README.md'), 'utf8').matchAll(/^\| `([\w-]+)` \| .+\. \|$/gm)]
    expect(rows.map(([, group]) => group)).toEqual(groups.map(({ name }) => name).sort())
  })

  it('lie in a group, each of them', () => {
    expect(readdirSync(exhaustive).filter((name) => name.includes('.test.'))).toEqual([])
    for (const { name } of groups) expect(globSync(`${name}/*.test.ts`, { cwd: exhaustive }), name).not.toEqual([])
  })
})

describe('npm test', () => {
  it('installs nothing but a database server', () => {
    const files = globSync('{src,tests}/**/*.test.{ts,tsx}', { cwd: product })
    const installing = files.filter((file) => isInstalling(readFileSync(join(product, file), 'utf8')))
    expect(installing.length).toBeGreaterThan(3)
    expect(installing.filter((file) => !/^tests.exhaustive.[^.]*\.test\.ts$/.test(file))).toEqual([])
  })
})

/** They install what is missing, or fetch it. */
const isInstalling = (source: string) => /support\/(debian|proxies|flask)\.ts'|\[start, 'next'\]/.test(source)
