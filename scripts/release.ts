// `npm run release`: packs the version that package.json names, checks it, and writes what belongs to it into release/. It
// publishes nothing: the last lines say how a person does that. With --dry-run changes that are not committed are no fault.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeBillOfMaterials } from './release/bill-of-materials.ts'
import { writeChecksums } from './release/checksums.ts'
import { faultsOfLicences } from './release/licences.ts'
import { releaseNotes, writeNotes } from './release/notes.ts'
import { type Lock, type Manifest, productionLock } from './release/production-lock.ts'
import { faultsOfTarball, pack } from './release/tarball.ts'
import { faultsOfVersion } from './release/version.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const product = join(root, 'packages/gatelodge')
const { values } = parseArgs({
  options: { 'dry-run': { type: 'boolean', default: false }, to: { type: 'string', default: join(root, 'release') } },
})
const folder = resolve(values.to)

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest: Manifest = JSON.parse(read('packages/gatelodge/package.json'))
const lock: Lock = JSON.parse(read('package-lock.json'))
const name = `gatelodge-${manifest.version}`
const production = productionLock(lock, manifest)
const file = (ending: string) => join(folder, name + ending)

/** Each gives its faults, in words; the later ones need what the earlier ones have written. */
const steps: Record<string, () => string[] | Promise<string[]>> = {
  'everything is committed': () => (values['dry-run'] ? [] : uncommitted()),
  'one version everywhere': () => faultsOfVersion(manifest.version, read),
  'the changelog says what is new': () =>
    releaseNotes(read('CHANGELOG.md'), manifest.version) ? [] : ['no section with a date'],
  'licences of what it runs on': () => faultsOfLicences(production),
  'the package': async () => faultsOfTarball(pack(product, file('.tgz'))),
  'bill of materials': () => writeBillOfMaterials(production, manifest, file('.cdx.json')),
  notes: () => writeNotes(read('CHANGELOG.md'), manifest.version, file('.md')),
  checksums: () => writeChecksums(folder),
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [step, run] of Object.entries(steps)) {
  const faults = await run()
  console.log(
    [`${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${step}`, ...faults.map((fault) => `      ${fault}`)].join('\n'),
  )
  if (faults.length > 0) process.exitCode = 1
}
console.log(process.exitCode === 1 ? '\nNot fit for a release.' : `\n${nextSteps()}`)

function uncommitted(): string[] {
  return execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
}

function nextSteps(): string {
  return `All of it is in ${folder}, and nothing was published. To publish:
  git tag --sign v${manifest.version} && git push origin v${manifest.version}
  npm publish ${file('.tgz')}
  docker build --tag gatelodge:${manifest.version} .
The release page gets ${name}.md as its text, and the other files with SHA256SUMS.`
}
