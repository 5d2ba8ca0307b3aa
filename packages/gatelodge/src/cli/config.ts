// `gatelodge config check | print | template`
import { existsSync } from 'node:fs'
import { fileOf, spelledPlace } from '../config/database-place.ts'
import { environmentName, metaOf, settingNames } from '../config/schema.ts'
import { spelled } from '../config/spelled.ts'
import type { Call, ExitCode } from './command.ts'
import { verbOf } from './verb-of.ts'
import type { Told } from './verbs.ts'

interface ConfigVerb extends Told {
  run(call: Call): void
}

export const verbs: Record<string, ConfigVerb> = {
  check: {
    words: '',
    summary: 'list what is wrong with the settings, without starting; `gatelodge config` alone does the same',
    // Wrong settings have been reported before this runs.
    run: () => console.log('The settings are valid.'),
  },
  print: { words: '', summary: 'print each setting, its value and where it comes from', run: print },
  template: { words: '', summary: 'print every variable with its description, as a file to start from', run: template },
}

export async function run(call: Call): Promise<ExitCode> {
  const verb = verbOf('config', verbs, call.words[0] ?? 'check')
  verb?.run(call)
  return verb ? 0 : 2
}

function print({ settings, loaded }: Call): void {
  for (const name of settingNames) console.log(`${name} = ${spelled(name, settings)}  (${loaded.sources[name]})`)
  const file = fileOf(settings)
  const isNew = file && !existsSync(file) ? ' (not created yet)' : ''
  console.log(`\nThe database: ${spelledPlace(settings)}${isNew}`)
}

function template(): void {
  for (const name of settingNames)
    console.log(`# ${metaOf(name).description}\n#${environmentName(name)}=${metaOf(name).example}\n`)
}
