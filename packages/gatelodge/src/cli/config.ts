// `gatelodge config check | print | template`
import { existsSync } from 'node:fs'
import { fileOf, spelledPlace } from '../config/database-place.ts'
import { environmentName, metaOf, settingNames } from '../config/schema.ts'
import { spelled } from '../config/spelled.ts'
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
