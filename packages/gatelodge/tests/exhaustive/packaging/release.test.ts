// A release from beginning to end, but for its publication, which a person does.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import product from '../../../package.json' with { type: 'json' }
import { root } from '../../support/pages-of-docs.ts'

it('The release script packs, checks, writes the notes and the bill of materials, and publishes nothing', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'gatelodge-release-')), 'release')
  const words = ['scripts/release.ts', '--dry-run', '--to', folder]
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root })
  expect(stdout).not.toContain('FAIL')
  expect(stdout.match(/^ok {4}/gm)).toHaveLength(8)
  expect(stdout).toContain('nothing was published')
  const name = `gatelodge-${product.version}`
  expect(readdirSync(folder).sort()).toEqual([`${name}.cdx.json`, `${name}.md`, `${name}.tgz`, 'SHA256SUMS'].sort())
  await promisify(execFile)('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder })
  const { components, metadata } = JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8'))
  expect(metadata.component).toMatchObject({ name: 'gatelodge', version: product.version, type: 'application' })
  expect(components.map((one: { name: string }) => one.name)).toEqual(
    expect.arrayContaining(Object.keys(product.dependencies)),
  )
  expect(readFileSync(join(folder, `${name}.md`), 'utf8')).toContain('docs/running/upgrading.md')
})
