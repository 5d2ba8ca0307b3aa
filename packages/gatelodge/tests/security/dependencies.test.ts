// docs/security/dependencies.md lists what the product runs on, as it is locked, and what must be handled with care.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { codes, document, filesWith, onlyTable, table } from '../support/documents.ts'

const page = 'docs/security/dependencies.md'
const product = JSON.parse(document('packages/gatelodge/package.json'))
interface Locked {
  version: string
  license?: string
  integrity?: string
  resolved?: string
  link?: boolean
  dev?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
const lock: Record<string, Locked> = JSON.parse(document('package-lock.json')).packages
const locked = Object.entries(lock).filter(([path, { link }]) => path.includes('node_modules/') && !link)
const listed = onlyTable(page)

/** Tells one set of versions from another: those that the product runs on, and those that they run on. */
function digestOfAll(): string {
  const known = new Set<string>()
  const add = (names: string[]) => {
    for (const name of names) {
      // What only tests need may bring another version of the same name along.
      const paths = Object.keys(lock).filter((path) => path.endsWith(`node_modules/${name}`) && !lock[path]?.dev)
      for (const path of paths.filter((one) => !known.has(one))) {
        known.add(path)
        const { dependencies, optionalDependencies } = lock[path] ?? {}
        add(Object.keys({ ...dependencies, ...optionalDependencies }))
      }
    }
  }
  add(Object.keys(product.dependencies))
  const lines = [...known].sort().map((path) => `${path} ${lock[path]?.version}`)
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12)
}

describe('The dependencies', () => {
  it('V15.1.2 V15.1.4 V15.2.1 are listed as they are locked, each with its risk, at most 21', () => {
    const told = listed.map((row) => [codes(row.package)[0] ?? '', row.version])
    expect(Object.fromEntries(told)).toEqual(product.dependencies)
    expect(told.length).toBeLessThanOrEqual(21)
    for (const row of listed) {
      const own = lock[`node_modules/${codes(row.package)[0]}`]
      expect([own?.version, own?.license], row.package).toEqual([row.version, row.licence])
      expect(row.risk, row.package).toMatch(/\w/)
    }
  })

  it('V15.2.1 were looked up for known holes in the very versions that are locked, with the answer', () => {
    const looks = table(page, 'Known vulnerabilities')
    for (const { date, answer } of looks)
      expect([date, answer]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/\w/)])
    expect(codes(looks.at(-1)?.of), 'something was changed: look again, and add a line').toEqual([digestOfAll()])
  })

  it('V15.1.2 V15.2.4 each have a version and a hash in the lock, and come from no host that it names', () => {
    expect(locked.length).toBeGreaterThan(50)
    for (const [path, { version, integrity, resolved }] of locked) {
      expect(version, path).toMatch(/^\d+\.\d+\.\d+/)
      expect(integrity, path).toMatch(/^sha512-/)
      expect(resolved, path).toBeUndefined()
    }
    expect(document('scripts/bootstrap.mjs')).toContain('--ignore-scripts')
    for (const version of Object.values(product.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('V15.1.5 V1.2.9 are used with care: dangerous functions stand only where the list says', () => {
    for (const row of table(page, 'Functions to be careful with')) {
      const [name = ''] = codes(row.function)
      const pattern = new RegExp(`(?<![.\\w])${name.replace(/[.()]/g, '\\$&')}`)
      const found = filesWith(pattern).filter((file) => file !== 'src/app.ts')
      expect(found, name).toEqual(codes(row['only in']).sort())
    }
  })
})

describe('What is shipped', () => {
  const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

  it('V15.2.3 V13.4.2 holds no test, no sample and no map of sources', () => {
    expect(product.files).toEqual(['dist', '!dist/.*', 'assets', 'lists'])
    expect(existsSync(folder('dist/cli/main.js'))).toBe(true)
    const folders = (product.files as string[]).filter((name) => !name.startsWith('!'))
    const files = folders.flatMap((name) => readdirSync(folder(name), { recursive: true, encoding: 'utf8' }))
    expect(files.filter((name) => /\.test\.|\.map$|tests\b|support|sample|example|__snapshots__/.test(name))).toEqual(
      [],
    )
  })

  it('V13.3.1 V13.2.3 holds no secret: neither it nor the repository', () => {
    expect(filesWith(/-----BEGIN|AKIA[0-9A-Z]{16}|xox[baprs]-|ghp_\w{30}|mysql:\/\/\w+:(?!password)[^$@{]+@/)).toEqual(
      [],
    )
    expect(product.scripts).toBeUndefined()
  })
})

it('V15.1.1 V15.2.1 how soon a hole is closed, ours or in something we depend on, is promised in days', () => {
  const promise = document('SECURITY.md').split('\n## Our response times\n')[1]?.split('\n## ')[0] ?? ''
  expect(promise).toMatch(/critical.*\| 48 hours \|/)
  expect(promise).toMatch(/serious.*\| 7 days \|/)
  expect(promise).toMatch(/our dependencies/)
  expect(promise).toMatch(/every month/)
})
