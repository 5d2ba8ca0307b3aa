// Which command was meant, with which settings.
import { loadSettings } from '../config/load.ts'
import { maskText } from '../config/server-url.ts'
import { nearest } from '../nearest.ts'
import type { ExitCode, Option } from './command.ts'
import { commands } from './commands.ts'
import { flags, parseFlags } from './flags.ts'
import { optionsOf } from './verbs.ts'
import { version } from './version.ts'
import { whyFailed } from './why.ts'

/** Runs one command line. Never throws: what goes wrong is said on stderr. */
export async function run(words: string[]): Promise<ExitCode> {
  if (words.includes('--version')) return say(version)
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || words.includes('--help'))
    return helpFor(name === 'help' ? rest[0] : name)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return refuse(`There is no command "${maskText(name)}".`, nearest(name, Object.keys(commands), 2))
  const { run: runCommand, verbs } = await command.load()
  const own = optionsOf(verbs)
  const parsed = parseFlags(rest, own)
  const help = `gatelodge help ${name}`
  if ('unknown' in parsed) return refuse(`There is no flag "${parsed.unknown}".`, meantFlag(parsed.unknown, own), help)
  if ('empty' in parsed) return refuse(`The flag "${parsed.empty}" needs a value.`, undefined, help)
  const [stray] = command.takesWords ? [] : parsed.words
  if (stray !== undefined) return refuse(`"gatelodge ${name}" does not take "${maskText(stray)}".`, undefined)
  const loaded = loadSettings({ flags: parsed.flags, environment: process.env, file: parsed.file })
  if (loaded.kind === 'faults') {
    console.error('These settings are not valid:')
    for (const fault of loaded.faults)
      console.error(`  ${fault.name}: ${fault.given} was given; expected: ${fault.allowed}`)
    return 2
  }
  try {
    const { words: given, options } = parsed
    return await runCommand({ words: given, options, settings: loaded.settings, loaded })
  } catch (error) {
    console.error(whyFailed(error))
    return 1
  }
}

/** Of one command, else of all. */
async function helpFor(name: string | undefined): Promise<ExitCode> {
  const { helpOfAll, helpOfCommand } = await import('./help.ts')
  if (name === undefined || name.startsWith('-')) return say(helpOfAll())
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return refuse(`There is no command "${maskText(name)}".`, nearest(name, Object.keys(commands), 2))
  return say(await helpOfCommand(name, command))
}

function say(text: string): ExitCode {
  console.log(text)
  return 0
}

/** A short one that is far from it is another one. */
function meantFlag(given: string, own: Option[]): string | undefined {
  const known = [...own.map(({ name }) => `--${name}`), ...flags]
  return nearest(given, known, given.length > 8 ? 3 : 2)
}

function refuse(what: string, meant: string | undefined, help = 'gatelodge help'): ExitCode {
  console.error(`${what} ${meant ? `Did you mean "${meant}"?` : `"${help}" lists them.`}`)
  return 2
}
