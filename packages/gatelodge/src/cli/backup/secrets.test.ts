// Whether a site has the secrets of a backup, and how they come to a new one.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { document } from '../../../tests/support/documents.ts'
import type { Settings } from '../../config/schema.ts'
import { secretsHere, secretsOf } from '../../config/secret.ts'
import type { Manifest } from './manifest.ts'
import { marksOf, planSecret, withoutSecret, writeSecret } from './secrets.ts'

const [newer, older] = ['the-newer-secret-0123456789-abcdefgh', 'the-older-secret-0123456789-abcdefgh']
const id = '0b7c8a54-5f0e-4c53-9a55-0c1d8b1f2f10'
const folder = () => mkdtempSync(join(tmpdir(), 'gatelodge-secrets-'))
const manifest = (secretMarks: string[], secrets?: string[]) => ({ id, secretMarks, secrets }) as Manifest
const site = (secret: string[] | undefined, dataDir = folder()) =>
  ({ secret, dataDir, databaseUrl: 'sqlite:x' }) as Settings
const both = marksOf([newer, older], id)

it.each<[string, string[] | undefined, Manifest, string]>([
  ['both, in any order', [older, newer], manifest(both), 'same'],
  ['one of two', [newer], manifest(both), 'other'],
  ['another one', [`x${newer}`], manifest(both), 'other'],
  ['none', undefined, manifest(both), 'missing'],
  ['none, and the backup brings them', undefined, manifest(both, [newer, older]), 'write'],
  ['one, and the backup knows none', [newer], manifest([]), 'unknown'],
])('a site that has %s', (_, secret, backup, kind) => {
  expect(planSecret(backup, site(secret)).kind).toBe(kind)
})

it('the secrets of a backup never replace another one', () => {
  expect(() => planSecret(manifest(both, [newer, older]), site([newer]))).toThrow('another secret')
})

it('two secrets in force are kept as one file, and both are read from it', () => {
  const dataDir = folder()
  const plan = planSecret(manifest(both, [newer, older]), site(undefined, dataDir))
  if (plan.kind !== 'write') throw new Error(plan.kind)
  writeSecret(dataDir, plan.secret)
  expect(secretsOf(site(undefined, dataDir))).toEqual([newer, older])
  expect(secretsHere(site(undefined, dataDir))).toEqual([newer, older])
  expect(() => writeSecret(dataDir, newer)).toThrow('EEXIST')
})

it('the page says what does not work without the secret', () => {
  const page = document('docs/running/backup.md')
  expect(withoutSecret.filter((one) => !page.includes(`- ${one}`))).toEqual([])
  expect(withoutSecret.length).toBeGreaterThan(2)
})
