// What `gatelodge help` prints. Every command has the same parts: one sentence, the usage with its options, examples.
import { environmentName, flagName, type SettingName } from '../config/schema.ts'
import type { Option } from './command.ts'
import { type Command, commands } from './commands.ts'
import type { Told } from './verbs.ts'
import { version } from './version.ts'

interface UsedSetting {
  name: SettingName
  value: string
  /** Another variable that works as well. */
  also?: string
  about: string
}

/** What most sites set, in the order in which a new site meets it. */
const usedMost: UsedSetting[] = [
  { name: 'port', value: 'N', also: 'PORT', about: 'the port to listen on; default: 3000' },
  {
    ...{ name: 'databaseUrl', value: 'URL', also: 'DATABASE_URL' },
    about: 'mysql://user:password@host:3306/name; default: an SQLite file in ./data',
  },
  { name: 'upstream', value: 'URL', about: 'the app that Gatelodge stands in front of, such as http://localhost:5000' },
  { name: 'basePath', value: 'PATH', about: 'all pages of Gatelodge are below it, such as /auth' },
  { name: 'siteName', value: 'TEXT', about: 'the name of the site on pages and in emails' },
  { name: 'baseUrl', value: 'URL', about: 'the address of the site for its users; default: http://localhost:PORT' },
  {
    name: 'mode',
    value: 'production',
    also: 'NODE_ENV',
    about: 'no development mailbox; unsafe settings stop the start',
  },
  { name: 'trustedProxies', value: 'LIST', about: 'addresses or networks of the proxies in front of Gatelodge' },
  { name: 'smtpUrl', value: 'URL', about: 'the mail server, such as smtp://user:password@mail.example.org:587' },
  { name: 'mailFrom', value: 'ADDRESS', about: 'the sender of emails' },
  {
    name: 'registration',
    value: 'KIND',
    about: 'who may register: instant, confirm-first, invitation or closed; default: instant',
  },
]

const notes = [
  'Every setting is a flag (--base-url), a variable (GATELODGE_BASE_URL) and a key of gatelodge.json (baseUrl).',
  'All settings: gatelodge config template, or docs/configuration.md',
]

export function helpOfAll(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  gatelodge ${name.padEnd(12)} ${summary}`)
  const head = `Gatelodge ${version}: the login and registration of a website, ready to run.`
  const more = 'Options and examples of a command: gatelodge COMMAND --help'
  return [head, '', ...lines, '', more, ...notes].join('\n')
}

export async function helpOfCommand(name: string, { summary, examples, load }: Command): Promise<string> {
  const { verbs } = await load()
  return [
    `gatelodge ${name}: ${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    'Usage:',
    ...usageOf(name, summary, verbs),
    ...(name === 'serve' ? ['', 'Settings that are used most:', ...usedMost.flatMap(settingLines)] : []),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
    ...notes,
  ].join('\n')
}

function usageOf(command: string, said: string, verbs: Record<string, Told>): string[] {
  const options = Object.values(verbs).flatMap(({ options = [] }) => options)
  const width = Math.max(...options.map((option) => spelled(option).length))
  return Object.entries(verbs).flatMap(([name, { words, summary, options = [] }]) => [
    `  gatelodge ${[command, name, words].filter(Boolean).join(' ')}`,
    ...(summary === said ? [] : [`      ${summary}`]),
    ...options.map((option) => `      ${spelled(option).padEnd(width)}  ${option.about}`),
  ])
}

const spelled = ({ name, value }: Option) => `--${name} ${value ?? ''}`.trimEnd()

function settingLines({ name, value, also, about }: UsedSetting): string[] {
  const variables = [environmentName(name), also].filter(Boolean).join(' or ')
  return [`  ${`${flagName(name)} ${value}`.padEnd(22)}  ${variables}`, `      ${about}`]
}
