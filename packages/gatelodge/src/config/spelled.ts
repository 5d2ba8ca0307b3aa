// A setting as people read it, on the command line and in the console.
import { masked } from './fault.ts'
import { unixPeers } from './networks.ts'
import { formOf, type SettingName, type Settings } from './schema.ts'
import { spellBytes, spellDuration } from './values.ts'

/** With its unit, and never with a password. */
export function spelled(name: SettingName, settings: Settings): string {
  const value = settings[name]
  const { unit } = formOf(name)
  if (name === 'trustedProxies')
    return settings[name].map((one) => (one === unixPeers ? one : one.join('/'))).join(', ')
  if (typeof value !== 'number' || !unit) return masked(name, value)
  return unit === 'bytes' ? spellBytes(value) : spellDuration(value)
}
