// The settings of a program that holds Gatelodge inside.
import { type Given, loadSettings } from '../config/load.ts'
import type { Settings } from '../config/schema.ts'
import type { GatelodgeSettings } from './given-settings.ts'

/** @throws {Error} with every fault at once, a line each. */
export function settingsFrom(config: GatelodgeSettings): Settings {
  const loaded = loadSettings({ code: config as Given, environment: process.env })
  if (loaded.kind === 'settings') return loaded.settings
  const lines = loaded.faults.map(({ name, given, allowed }) => `  ${name} is ${given}; allowed is ${allowed}`)
  throw new Error(`Gatelodge cannot start with these settings:\n${lines.join('\n')}`)
}
