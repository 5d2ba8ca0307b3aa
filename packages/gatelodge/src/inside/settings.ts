// The settings of a program that holds Gatelodge inside.
import type { z } from 'zod'
import { type Given, loadSettings } from '../config/load.ts'
import type { Settings, schema } from '../config/schema.ts'

/** Each setting of docs/configuration.md by its name in code. What stands in the environment or in a file counts more. */
export type Config = { [Name in keyof z.input<typeof schema>]?: z.input<typeof schema>[Name] | undefined }

/** @throws {Error} with every fault at once, a line each. */
export function settingsFrom(config: Config): Settings {
  const loaded = loadSettings({ code: config as Given, environment: process.env })
  if (loaded.kind === 'settings') return loaded.settings
  const lines = loaded.faults.map(({ name, given, allowed }) => `  ${name} is ${given}; allowed is ${allowed}`)
  throw new Error(`Gatelodge cannot start with these settings:\n${lines.join('\n')}`)
}
