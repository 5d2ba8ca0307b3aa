// A setting as people read it, on the command line and in the console.
import { masked } from './fault.ts'
import { unixPeers } from './networks.ts'
import { formOf, type SettingName, type Settings } from './schema.ts'
import { spellBytes, spellDuration } from './values.ts'

/** With its unit, and never with a password. */
export function spelled(name: SettingName, settings: Settings): string {
  const value = settings[name]
  if (isNone(value)) return 'none'
  const { unit } = formOf(name)
  if (name === 'connections')
    return `${settings[name].map((one) => one.name).join(', ')} (their settings are not shown)`
  if (name === 'trustedProxies')
    return settings[name].map((one) => (one === unixPeers ? one : one.join('/'))).join(', ')
  if (typeof value !== 'number' || !unit) return masked(name, value)
  return unit === 'bytes' ? spellBytes(value) : spellDuration(value)
}

/** A list or an object with nothing in it says no more than a setting that was left out. */
function isNone(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === undefined || value === ''
}
