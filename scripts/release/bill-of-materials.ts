// Everything that the package runs on, by name, version, hash and licence, as `npm sbom` writes it (CycloneDX).
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lock, Manifest } from './production-lock.ts'

interface Bill {
  metadata: { component: { name: string; version: string } }
  components: { name: string; version: string; hashes?: { alg: string }[] }[]
}

/** npm would list a workspace with its tools, so it gets to see a folder with the package alone. */
export function writeBillOfMaterials(lock: Lock, manifest: Manifest, path: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-sbom-'))
  // npm names the bill after the folder.
  const own = join(folder, manifest.name)
  mkdirSync(own)
  const { name, version, license, dependencies } = manifest
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name, version, license, dependencies }))
  writeFileSync(join(own, 'package-lock.json'), JSON.stringify(lock))
  const words = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application']
  const text = execFileSync('npm', words, { cwd: own, encoding: 'utf8', maxBuffer: 2 ** 24 })
  rmSync(folder, { recursive: true })
  writeFileSync(path, text)
  return faultsOfBill(JSON.parse(text), lock)
}

function faultsOfBill({ metadata, components }: Bill, { packages }: Lock): string[] {
  const { '': own, ...others } = packages
  const isOwn = metadata.component.name === 'gatelodge' && metadata.component.version === own?.version
  const listed = new Set(components.map(({ name, version }) => `${name} ${version}`))
  const missing = Object.entries(others).filter(
    ([path, { version }]) => !listed.has(`${path.split('node_modules/').at(-1)} ${version}`),
  )
  const withoutHash = components.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512'))
  return [
    ...(isOwn ? [] : ['it is not about this version']),
    ...missing.map(([path]) => `${path} is missing`),
    ...withoutHash.map(({ name }) => `${name} has no hash`),
  ]
}
