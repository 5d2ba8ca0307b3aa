// The settings of a program that holds Gatelodge inside.
import type { Given } from '../config/fault.ts'
import { type Loaded, loadSettings } from '../config/load.ts'
import type { SettingOptions } from '../config/options.ts'
import type { Log } from '../log.ts'

/**
 * Each setting of docs/configuration.md by its name in code. `GATELODGE_…` and `gatelodge.json` count more, and the log
 * says where they contradict the code; `DATABASE_URL` and `PORT`, which are the app's own, count less.
 */
export interface Config extends SettingOptions {}

type LoadedSettings = Extract<Loaded, { kind: 'settings' }>

/** @throws {Error} with every fault at once, a line each. */
export function settingsFrom(config: Config): LoadedSettings {
  const loaded = loadSettings({ code: config as Given, environment: process.env })
  if (loaded.kind === 'settings') return loaded
  const lines = loaded.faults.map(({ name, given, allowed }) => `  ${name} is ${given}; expected: ${allowed}`)
  throw new Error(`Gatelodge cannot start with these settings:\n${lines.join('\n')}`)
}

/** Nothing of the environment changes what the code says, or decides where accounts are stored, without a line in the log. */
export function logSources(log: Log, { contradictions, variables }: LoadedSettings): void {
  for (const { counts, ignored } of contradictions) log.warn({ counts, ignored }, 'settings.contradict')
  const variable = variables.databaseUrl
  if (variable) log.info({ variable }, 'database.named-by-environment')
}
