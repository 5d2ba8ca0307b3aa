// Commands with several verbs, such as `gatelodge account disable ADDRESS`: which one was meant, and with which options.
import { maskText } from '../config/server-url.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import { idFrom } from '../identity/ids.ts'
import { nearest } from '../nearest.ts'
import type { Services } from '../services.ts'
import type { Call, ExitCode, Option } from './command.ts'

export interface VerbCall {
  services: Services
  call: Call
  /** What stands behind the verb. */
  words: string[]
  /** As they were given, by their names; an option without a value is `true`. */
  options: Record<string, string | undefined>
}

export interface Verb {
  /** What stands behind it, such as `ADDRESS`; `…` for one or more, brackets for what may be left out. */
  words: string
  summary: string
  options?: Option[]
  run(asking: VerbCall): Promise<ExitCode>
}

export type Verbs = Record<string, Verb>

/** All options that any of them takes. */
export function optionsOf(verbs: Verbs): Option[] {
  const all = Object.values(verbs).flatMap(({ options = [] }) => options)
  return [...new Map(all.map((option) => [option.name, option])).values()]
}

/** Runs the verb that the first word names. @param alone the command is a single verb, without a word for it. */
export async function runVerb(command: string, verbs: Verbs, call: Call, alone?: Verb): Promise<ExitCode> {
  const [name = '', ...rest] = alone ? ['', ...call.words] : call.words
  const verb = alone ?? (Object.hasOwn(verbs, name) ? verbs[name] : undefined)
  if (!verb) {
    const meant = nearest(name, Object.keys(verbs), 2)
    const hint = meant ? `Did you mean "${meant}"?` : `"gatelodge help ${command}" lists them.`
    const what =
      name === ''
        ? `"gatelodge ${command}" needs a word behind it.`
        : `There is no "gatelodge ${command} ${maskText(name)}".`
    console.error(`${what} ${hint}`)
    return 2
  }
  const used = `gatelodge ${command} ${name}`.trimEnd()
  const stray = Object.keys(call.options).find((option) => !verb.options?.some((one) => one.name === option))
  if (stray !== undefined) {
    console.error(`"${used}" takes no --${stray}. "gatelodge help ${command}" lists what it takes.`)
    return 2
  }
  if (!isFitting(verb.words, rest.length) || !isNamed(verb.words, rest[0])) {
    console.error(`Use: ${used} ${verb.words}`.trimEnd())
    return 2
  }
  // Only now: `--version`, `--help` and a mistyped verb need no server.
  const { openServices } = await import('./on-database.ts')
  const services = await openServices(call)
  if (!services) return 1
  try {
    return await verb.run({ services, call, words: rest, options: call.options })
  } finally {
    await services.close()
  }
}

/** An account by its address, or by its id. */
function isNamed(words: string, first: string | undefined): boolean {
  if (!/^\[?ADDRESS/.test(words) || (first === undefined && words.startsWith('['))) return true
  return first !== undefined && (idFrom(first) !== undefined || parseAddress(first) !== undefined)
}

function isFitting(words: string, given: number): boolean {
  const all = words.split(' ').filter(Boolean)
  const needed = all.filter((word) => !word.startsWith('[')).length
  return given >= needed && (given <= all.length || words.includes('…'))
}

/** What `gatelodge help COMMAND` says. */
export function helpOf(command: string, verbs: Verbs): string {
  const lines = Object.entries(verbs).flatMap(([name, { words, summary, options = [] }]) => [
    `  gatelodge ${[command, name, words].filter(Boolean).join(' ')}`,
    `      ${summary}`,
    ...options.map(({ name, value, about }) => `      ${`--${name} ${value ?? ''}`.padEnd(24)} ${about}`),
  ])
  return lines.join('\n')
}
