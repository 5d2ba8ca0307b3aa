// Settings as `gatelodge config print` and the console show them.
import { describe, expect, it } from 'vitest'
import { loadSettings } from './load.ts'
import { type SettingName, settingNames } from './schema.ts'
import { spelled } from './spelled.ts'

function spell(name: SettingName, value?: unknown): string {
  const loaded = loadSettings({ flags: { [name]: value } })
  if (loaded.kind === 'faults') throw new Error(JSON.stringify(loaded.faults))
  return spelled(name, loaded.settings)
}

describe('A setting without a value', () => {
  it.each(settingNames)('is "none" and nothing else: %s', (name) => {
    expect(spell(name)).not.toMatch(/^(?:nothing|\s*|""|\[\]|\{\}|null|0 characters.*)$/)
  })

  it.each<[SettingName, unknown]>([
    ['unixSocket', undefined],
    ['basePath', ''],
    ['trustedProxies', []],
    ['requireGroup', []],
    ['words', {}],
    ['fields', []],
    ['connections', []],
    ['secret', undefined],
  ])('is "none": %s', (name, value) => {
    expect(spell(name, value)).toBe('none')
  })
})

it('V13.3.1 connections are named, and nothing else of them is shown', () => {
  const connections = [
    { name: 'google', clientId: 'canary-1', clientSecret: 'canary-2' },
    { name: 'github', clientId: 'canary-3', clientSecret: 'canary-4' },
  ]
  expect(spell('connections', connections)).toBe('google, github (their settings are not shown)')
})
