// Which command was meant, with which settings.
import { loadSettings } from '../config/load.ts'
import { maskText } from '../config/server-url.ts'
import { nearest } from '../nearest.ts'
import type { Call, ExitCode } from './command.ts'
import { run as config } from './config.ts'
import { flags, parseFlags } from './flags.ts'
import { run as healthcheck } from './healthcheck.ts'
import { helpOf, optionsOf, type Told } from './verbs.ts'
import { version } from './version.ts'
import { run as words } from './words.ts'

interface Command {
  summary: string
  /** Whether words may stand behind it that are no flags. */
  takesWords?: true
  load: () => Promise<{ run(call: Call): Promise<ExitCode>; verbs?: Record<string, Told> }>
}

type OnDatabase = keyof typeof import('./on-database.ts')

const onDatabase = (name: OnDatabase) => async () => (await import('./on-database.ts'))[name]

const commands: Record<string, Command> = {
  serve: { summary: 'run the site (no configuration needed)', load: () => import('./serve.ts') },
  migrate: {
    summary: 'status | up: show or bring up to date the tables',
    takesWords: true,
    load: onDatabase('migrate'),
  },
  account: {
    summary: 'find, create, change, disable and delete accounts',
    takesWords: true,
    load: onDatabase('account'),
  },
  connection: {
    summary: 'list | remove: by which providers someone logs in',
    takesWords: true,
    load: onDatabase('connection'),
  },
  group: {
    summary: 'list, create and delete groups, and change who is in them',
    takesWords: true,
    load: onDatabase('group'),
  },
  key: {
    summary: 'create, list and revoke keys of programs that run the site',
    takesWords: true,
    load: () => import('./key.ts'),
  },
  invite: {
    summary: 'create | list | revoke: invite people',
    takesWords: true,
    load: onDatabase('invite'),
  },
  admin: {
    summary: 'link | add | remove: who runs the site',
    takesWords: true,
    load: onDatabase('admin'),
  },
  audit: {
    summary: 'print the record: who did what to which account',
    takesWords: true,
    load: onDatabase('audit'),
  },
  import: {
    summary: 'FILE | --from-database: import accounts of another system, with their passwords',
    takesWords: true,
    load: () => import('./import.ts'),
  },
  backup: {
    summary: 'FILE: write all accounts and everything else to a file, while the site runs',
    takesWords: true,
    load: () => import('./backup.ts'),
  },
  restore: {
    summary: 'FILE: fill an empty database from a backup',
    takesWords: true,
    load: () => import('./restore.ts'),
  },
  copy: {
    summary: 'FROM TO: copy everything to an empty database, of the same or the other kind',
    takesWords: true,
    load: () => import('./copy.ts'),
  },
  emails: {
    summary: 'list the latest emails and whether they were sent',
    takesWords: true,
    load: onDatabase('emails'),
  },
  config: {
    summary: 'check | print | template: check or print the settings',
    takesWords: true,
    load: async () => ({ run: config }),
  },
  doctor: { summary: 'check the site, its settings, its servers and this machine', load: () => import('./doctor.ts') },
  words: { summary: 'print all texts of pages and emails, to write `words`', load: async () => ({ run: words }) },
  healthcheck: { summary: 'check whether the running site is ready', load: async () => ({ run: healthcheck }) },
}

/** Runs one command line. Never throws: what goes wrong is said on stderr. */
export async function run(words: string[]): Promise<ExitCode> {
  if (words.includes('--version')) return say(version)
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || words.includes('--help'))
    return helpFor(name === 'help' ? rest[0] : name)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return refuse(`There is no command "${maskText(name)}".`, nearest(name, Object.keys(commands), 2))
  const { run: runCommand, verbs = {} } = await command.load()
  const parsed = parseFlags(rest, optionsOf(verbs))
  if ('unknown' in parsed) return refuse(`There is no flag "${parsed.unknown}".`, nearest(parsed.unknown, flags, 3))
  if ('empty' in parsed) return refuse(`The flag "${parsed.empty}" needs a value.`, undefined)
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
    const { message, cause } = error as Error
    console.error(cause instanceof Error ? `${message}: ${cause.message}` : message)
    return 1
  }
}

/** Of one command where it has several verbs, else of all. */
async function helpFor(name: string | undefined): Promise<ExitCode> {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command && name !== undefined && !name.startsWith('-'))
    return refuse(`There is no command "${maskText(name)}".`, nearest(name, Object.keys(commands), 2))
  const { verbs } = command ? await command.load() : {}
  if (name === undefined || !command) return say(help())
  const lines = verbs ? helpOf(name, verbs) : `  gatelodge ${name}`
  return say(`gatelodge ${name}: ${command.summary}\n\n${lines}\n\n${notes}`)
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  gatelodge ${name.padEnd(12)} ${summary}`)
  return [`Gatelodge ${version}: the login and registration of a website, ready to run.`, '', ...lines, '', notes].join(
    '\n',
  )
}

const notes =
  'Every setting is a flag (--base-url), a variable (GATELODGE_BASE_URL) and a key of gatelodge.json (baseUrl).'

function say(text: string): ExitCode {
  console.log(text)
  return 0
}

function refuse(what: string, meant: string | undefined): ExitCode {
  console.error(`${what} ${meant ? `Did you mean "${meant}"?` : '"gatelodge help" lists them.'}`)
  return 2
}
