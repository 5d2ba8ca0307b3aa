// Which verb of a command was meant, and with which options; then it runs on the database of the settings.
import { parseAddress } from '../identity/accounts/address.ts'
import { idFrom } from '../identity/ids.ts'
import type { Call, ExitCode } from './command.ts'
import { openServices } from './services.ts'
import { verbOf } from './verb-of.ts'
import type { OwnVerb, Told, Verb, Verbs } from './verbs.ts'

/** Runs the verb that the first word names. @param alone the command is a single verb, without a word for it. */
export async function runVerb(command: string, verbs: Verbs, call: Call, alone?: Verb): Promise<ExitCode> {
  const [name = '', ...rest] = alone ? ['', ...call.words] : call.words
  const verb = alone ?? verbOf(command, verbs, name)
  if (!verb) return 2
  if (!isUsedRightly(command, name, verb, rest, call)) return 2
  const services = await openServices(call)
  if (!services) return 1
  try {
    return await verb.run({ services, call, words: rest, options: call.options })
  } finally {
    await services.close()
  }
}

/** A command of one verb that opens the databases itself. */
export async function runOwnVerb(command: string, verb: OwnVerb, call: Call): Promise<ExitCode> {
  const { words, options } = call
  return isUsedRightly(command, '', verb, words, call) ? verb.run({ call, words, options }) : 2
}

/** Where it is not, stderr has said so. */
function isUsedRightly(command: string, name: string, verb: Told, rest: string[], { options }: Call): boolean {
  const used = `gatelodge ${command} ${name}`.trimEnd()
  const stray = Object.keys(options).find((option) => !verb.options?.some((one) => one.name === option))
  if (stray !== undefined) {
    console.error(`"${used}" takes no --${stray}. "gatelodge help ${command}" lists what it takes.`)
    return false
  }
  if (isFitting(verb.words, rest.length) && isNamed(verb.words, rest[0])) return true
  console.error(`Usage: ${used} ${verb.words}`.trimEnd())
  return false
}

/** An account by its address, or by its id. */
function isNamed(words: string, first: string | undefined): boolean {
  if (!/^\[?ADDRESS/.test(words) || (first === undefined && words.startsWith('['))) return true
  return first !== undefined && (idFrom(first) !== undefined || parseAddress(first) !== undefined)
}

/** Whether as many words were given as the usage asks for. */
export function isFitting(words: string, given: number): boolean {
  const all = words.split(' ').filter(Boolean)
  const needed = all.filter((word) => !word.startsWith('[')).length
  return given >= needed && (given <= all.length || words.includes('…'))
}
