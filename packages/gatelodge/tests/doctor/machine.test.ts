// `gatelodge doctor` on a machine with something broken.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { takeLook } from '../../src/cli/doctor/finding.ts'
import { hashSpeed } from '../../src/cli/doctor/hash-speed.ts'
import { machine } from '../../src/cli/doctor/machine.ts'
import { asked, look, spelled, stateOf } from '../support/doctor.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'gatelodge-doctor-'))

/** A folder that even root cannot write. */
function readOnly(): string {
  if (process.getuid?.() === 0) return '/sys/kernel'
  const made = folder()
  chmodSync(made, 0o500)
  return made
}

function withSecret(text: string, mode: number): string {
  const made = folder()
  writeFileSync(join(made, 'secret'), text, { mode })
  chmodSync(join(made, 'secret'), mode)
  return made
}

it('finds nothing wrong with a new folder, and makes nothing there', async () => {
  const dataDir = join(folder(), 'not/yet')
  const findings = await look(machine, asked({ dataDir, secret: undefined }))
  expect(findings.map(spelled).filter((line) => line.startsWith('fault'))).toEqual([])
  expect(findings.map(spelled).join('\n')).toMatch(/ok data folder: .*not\/yet is made at the first start/)
  expect(findings.map(spelled).join('\n')).toMatch(/ok secret: .*secret is made at the first start/)
  expect(findings.map(({ check }) => check)).toEqual(['node', 'clock', 'data folder', 'disk', 'secret'])
})

it.each([
  [
    'a folder that cannot be written',
    () => ({ dataDir: readOnly() }),
    'data folder',
    /cannot be written: E(?:ACCES|PERM|ROFS|NOENT)/,
  ],
  ['a file in its place', () => ({ dataDir: join(withSecret('x', 0o600), 'secret') }), 'data folder', /is no folder/],
  ['a secret that others can read', () => ({ dataDir: withSecret('s'.repeat(40), 0o644) }), 'secret', /chmod 600/],
  ['a secret that is too short', () => ({ dataDir: withSecret('short', 0o600) }), 'secret', /too short/],
])('finds %s', async (_, settings, check, says) => {
  const findings = await look(machine, asked({ secret: undefined, ...settings() }))
  expect(stateOf(findings, check)).toEqual(['fault'])
  expect(
    findings
      .filter((one) => one.check === check)
      .map(spelled)
      .join(),
  ).toMatch(says)
  // The others were looked at all the same.
  expect(stateOf(findings, 'node')).toEqual(['ok'])
})

it('warns of a folder that others can open, and of a lost secret', async () => {
  const dataDir = folder()
  chmodSync(dataDir, 0o755)
  writeFileSync(join(dataDir, 'gatelodge.sqlite'), '')
  const databaseUrl = `sqlite:${join(dataDir, 'gatelodge.sqlite')}`
  const findings = await look(machine, asked({ dataDir, databaseUrl, secret: undefined }))
  expect(stateOf(findings, 'data folder')).toEqual(['warning'])
  expect(stateOf(findings, 'secret')).toEqual(['warning'])
})

it('finds a clock that was never set', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(1970, 0, 2) })
  try {
    expect(stateOf(await look(machine, asked()), 'clock')).toEqual(['fault'])
  } finally {
    vi.useRealTimers()
  }
})

it('says how long a hash takes, and warns where it is weaker than recommended', async () => {
  const [weak] = await look(hashSpeed, asked())
  expect(weak).toMatchObject({ check: 'password hash', state: 'warning' })
  expect(weak?.remedy).toMatch(/^Set hashMemory=\d+MiB and hashPasses=2\.$/)
  const [good] = await look(hashSpeed, asked({ hashMemory: 19 * 1024 ** 2, hashPasses: 2, hashParallel: 1 }))
  expect(good?.says).toMatch(/^\d+ ms with 19MiB and 2 passes/)
})

it('a look that throws, and one that never ends, are faults of their own', async () => {
  const broken = { name: 'broken', look: () => Promise.reject(new Error('no such thing')) }
  expect((await takeLook(broken, asked())).map(spelled).join()).toMatch(/^fault broken: .*no such thing/)
  const endless = { name: 'endless', look: () => new Promise<never>(() => {}) }
  expect(stateOf(await takeLook(endless, asked(), 5), 'endless')).toEqual(['fault'])
})
