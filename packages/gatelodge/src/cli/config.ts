// `gatelodge config check | print | template`
import { existsSync } from 'node:fs'
import { fileOf, spelledPlace } from '../config/database-place.ts'
import { masked } from '../config/fault.ts'
import { environmentName, formOf, metaOf, type SettingName, type Settings, settingNames } from '../config/schema.ts'
import { spellBytes, spellDuration } from '../config/values.ts'
import type { Call, ExitCode } from './command.ts'

/** Wrong settings have been reported before this runs. */
export async function run({ words, settings, loaded }: Call): Promise<ExitCode> {
  const [verb = 'check'] = words
  if (verb === 'check') console.log('The settings are valid.')
  else if (verb === 'print') {
    for (const name of settingNames) console.log(`${name} = ${spelled(name, settings)}  (${loaded.sources[name]})`)
    const file = fileOf(settings)
    const isNew = file && !existsSync(file) ? ' (not created yet)' : ''
    console.log(`\nThe database: ${spelledPlace(settings)}${isNew}`)
  } else if (verb === 'template') {
    for (const name of settingNames) {
      console.log(`# ${metaOf(name).description}\n#${environmentName(name)}=${metaOf(name).example}\n`)
    }
  } else {
    console.error('Use: gatelodge config check, print or template')
    return 2
  }
  return 0
}

/** With its unit, and never with a password. */
function spelled(name: SettingName, settings: Settings): string {
  const value = settings[name]
  const { unit } = formOf(name)
  if (name === 'trustedProxies') return settings[name].map(([address, length]) => `${address}/${length}`).join(', ')
  if (typeof value !== 'number' || !unit) return masked(name, value)
  return unit === 'bytes' ? spellBytes(value) : spellDuration(value)
}
