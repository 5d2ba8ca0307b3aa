// What a release is refused for, and what it says. exhaustive/packaging/release.test.ts makes one.
import { describe, expect, it } from 'vitest'
import { faultsOfLicences } from '../../../../scripts/release/licences.ts'
import { releaseNotes } from '../../../../scripts/release/notes.ts'
import { type Lock, type Manifest, productionLock } from '../../../../scripts/release/production-lock.ts'
import { faultsOfFiles } from '../../../../scripts/release/tarball.ts'
import { faultsOfVersion } from '../../../../scripts/release/version.ts'
import product from '../../package.json' with { type: 'json' }
import { document } from '../support/documents.ts'

const manifest = product as unknown as Manifest
const lock: Lock = JSON.parse(document('package-lock.json'))
const locked = productionLock(lock, manifest)

describe('What the package runs on', () => {
  it('is all that it needs, for every system, and nothing that only tests need', () => {
    const names = Object.keys(locked.packages)
    for (const name of [
      ...Object.keys(product.dependencies),
      'sonic-boom',
      '@node-rs/argon2-win32-x64-msvc',
      'tldts-core',
    ])
      expect(names).toContain(`node_modules/${name}`)
    expect(names.filter((name) => lock.packages[name]?.dev)).toEqual([])
    expect(names.filter((name) => /vitest|esbuild|node-linux|typescript/.test(name))).toEqual([])
  })

  it('has licences that allow any use, and another one is named', () => {
    expect(faultsOfLicences(locked)).toEqual([])
    const choices = { a: 'GPL-3.0-only', b: '(MIT OR GPL-3.0-only)', c: 'MIT AND GPL-3.0-only', d: undefined }
    const packages = Object.fromEntries(
      Object.entries(choices).map(([name, license]) => [name, license ? { license } : {}]),
    )
    expect(faultsOfLicences({ packages }).map((fault) => fault[0])).toEqual(['a', 'c', 'd'])
  })

  it('is looked for where Node would find it, and what is missing is named', () => {
    const nested = { version: '1.0.0', license: 'MIT' }
    const packages = {
      'node_modules/a': {
        version: '1.0.0',
        license: 'MIT',
        dependencies: { b: '1' },
        optionalDependencies: { d: '1' },
      },
      'node_modules/a/node_modules/b': nested,
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
    }
    const of = (name: string) =>
      Object.keys(productionLock({ packages }, { ...manifest, dependencies: { [name]: '1' } }).packages)
    expect(of('a')).toEqual(['', 'node_modules/a', 'node_modules/a/node_modules/b'])
    expect(() => of('c')).toThrow('package-lock.json has no c, which gatelodge needs')
  })
})

describe('The package', () => {
  it.each(['src/app.ts', 'dist/.stamp', 'dist/a.test.js', 'dist/index.js.map', 'data/gatelodge.sqlite', '.env'])(
    'is refused with %s in it',
    (name) => expect(faultsOfFiles([name])).toContain(`${name} does not belong in it`),
  )

  it('is refused without what it needs', () => {
    expect(faultsOfFiles(['package.json'])).toContain('dist/cli/main.js is missing')
  })
})

describe('The version', () => {
  it('is the same everywhere, and each place that names another is named', () => {
    expect(faultsOfVersion(product.version, document)).toEqual([])
    const places = faultsOfVersion('9.9.9', document).map((fault) => fault.split(' ', 1)[0])
    expect(places).toEqual(['package-lock.json', 'compose.yaml', 'compose.mysql.yaml', 'CHANGELOG.md', 'README.md'])
  })

  it('has notes, from its own section of the changelog', () => {
    const changelog =
      '# Changelog\n\n## Unreleased\n\n- soon\n\n## 1.2.0 (2026-11-29)\n\n### Added\n\n- this\n\n## 1.1.0 (2026-11-01)\n\n- that\n'
    expect(releaseNotes(changelog, '1.2.0')).toBe('### Added\n\n- this')
    expect(releaseNotes(changelog, '1.1.0')).toBe('- that')
    expect(releaseNotes(changelog, '1.3.0')).toBeUndefined()
    expect(releaseNotes(document('CHANGELOG.md'), product.version)).toMatch(/^- /m)
  })
})
