// `gatelodge config check | print | template`
import { masked } from '../config/load.ts'
import { environmentName, metaOf, settingNames } from '../config/schema.ts'
import type { Call, ExitCode } from './command.ts'

/** What is wrong has been told before this runs. */
export async function run({ words, settings, loaded }: Call): Promise<ExitCode> {
  const [verb = 'check'] = words
  if (verb === 'check') console.log('The settings can be used.')
  else if (verb === 'print') {
    for (const name of settingNames) console.log(`${name} = ${masked(name, settings[name])}  (${loaded.sources[name]})`)
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
