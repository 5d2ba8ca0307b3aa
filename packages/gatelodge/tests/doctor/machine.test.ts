// `gatelodge doctor` on a machine with something broken.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
  const findings = await look(machine(), asked({ dataDir, secret: undefined }))
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
  const findings = await look(machine(), asked({ secret: undefined, ...settings() }))
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
  const findings = await look(machine(), asked({ dataDir, databaseUrl, secret: undefined }))
  expect(stateOf(findings, 'data folder')).toEqual(['warning'])
  expect(stateOf(findings, 'secret')).toEqual(['warning'])
})

const mebibyte = 1024 ** 2
const free = (bytes: number) => ({ freeSpace: () => bytes })
const old = Date.UTC(1970, 0, 2)
const isNow = new RegExp(`^ok clock: ${new Date().getUTCFullYear()}-`)

it.each([
  ['node', { node: '24.21.0' }, /^ok node: 24\.21\.0$/],
  ['node', { node: '25.1.0' }, /^warning node: 25\.1\.0: odd versions .* → Install the latest version of Node 24/],
  ['node', { node: '22.9.0' }, /^fault node: 22\.9\.0 is too old → Install Node 24 or later\.$/],
  ['clock', {}, isNow],
  ['clock', { now: () => old }, /^fault clock: 1970-01-02T.* is in the past: .* → Set the clock/],
  ['disk', free(1024 * mebibyte), /^ok disk: 1GiB free in /],
  ['disk', free(1024 * mebibyte - 1), /^warning disk: 1023MiB free in .* → Make room: /],
  ['disk', free(100 * mebibyte - 1), /^fault disk: 99MiB free in .* → Make room: /],
] as const)('of the %s of %j it says %s', async (check, its, says) => {
  const findings = await look(machine(its), asked())
  expect(findings.filter((one) => one.check === check).map(spelled)).toEqual([expect.stringMatching(says)])
})

it('looks at the disk of the SQLite file alone, and at the data folder where something of the site is in it', async () => {
  const [dataDir, elsewhere, seen] = [folder(), folder(), [] as string[]]
  const freeSpace = (place: string) => seen.push(place)
  const away = { databaseUrl: `sqlite:${join(elsewhere, 'not/yet.sqlite')}` }
  expect(stateOf(await look(machine({ freeSpace }), asked({ dataDir, ...away })), 'disk')).toEqual(['fault'])
  expect(seen).toEqual([elsewhere])
  const onServer = { dataDir: readOnly(), databaseUrl: 'mysql://root@127.0.0.1/x', smtpUrl: 'smtp://localhost' }
  const findings = await look(machine(), asked(onServer))
  expect(findings.map(spelled)).toContain('ok data folder: not used: the database and the secret are elsewhere')
  expect(stateOf(findings, 'disk')).toEqual([])
})

/** Hashes that take so long, one after the other. */
const hashes = (...times: number[]) => hashSpeed(async () => times.shift() ?? 5000)
const strong = { hashMemory: 46 * mebibyte, hashPasses: 2, hashParallel: 1 }

it.each([
  [
    'the cheapest counts',
    hashes(900, 80, 700),
    strong,
    /^ok .*: 80 ms of processor time \(the least of 9\) with 46MiB and 2 passes$/,
  ],
  [
    'of one that could be twice as strong',
    hashes(35),
    strong,
    /^ok .* passes; this machine could afford hashMemory=96MiB and hashPasses=2$/,
  ],
  ['of one that could be a little stronger', hashes(45), strong, /^ok .* passes$/],
  [
    'of one that takes too long',
    hashes(600),
    { ...strong, hashPasses: 16 },
    /^warning .*: logins wait for one another → Set hashMemory=46MiB and hashPasses=2, or /,
  ],
  [
    'of a weak one',
    hashes(9),
    { hashMemory: 8 * mebibyte },
    /^warning .*: weaker than OWASP recommends → Set hashMemory=19MiB and hashPasses=2\.$/,
  ],
])('says of password hashes: %s', async (_, looked, settings, says) => {
  expect((await look(looked, asked(settings))).map(spelled)).toEqual([expect.stringMatching(says)])
})

it('takes the time of real hashes', async () => {
  const [real] = await look(hashSpeed(), asked({ hashMemory: 19 * mebibyte, hashPasses: 2, hashParallel: 1 }))
  const [, ms, times] = /^(\d+) ms of processor time \(the least of (\d)\) with 19MiB/.exec(real?.says ?? '') ?? []
  expect(Number(ms)).toBeGreaterThan(0)
  expect(Number(times)).toBeGreaterThan(1)
})

it('a look that throws, and one that never ends, are faults of their own', async () => {
  const broken = { name: 'broken', look: () => Promise.reject(new Error('no such thing')) }
  expect((await takeLook(broken, asked())).map(spelled).join()).toMatch(/^fault broken: .*no such thing/)
  const endless = { name: 'endless', look: () => new Promise<never>(() => {}) }
  expect(stateOf(await takeLook(endless, asked(), 5), 'endless')).toEqual(['fault'])
})
