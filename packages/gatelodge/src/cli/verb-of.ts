// Which verb of a command was meant. Apart from what runs it on the database, which `config` does not load.
import { maskText } from '../config/server-url.ts'
import { nearest } from '../nearest.ts'
import type { Told } from './verbs.ts'

/** @returns undefined where there is no such verb: stderr has said so. */
export function verbOf<One extends Told>(command: string, verbs: Record<string, One>, name: string): One | undefined {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb) return verb
  const meant = nearest(name, Object.keys(verbs), 2)
  const hint = meant ? `Did you mean "${meant}"?` : `"gatelodge help ${command}" lists them.`
  const isMissing = name === ''
  const what = isMissing
    ? `"gatelodge ${command}" needs a word behind it.`
    : `There is no "gatelodge ${command} ${maskText(name)}".`
  console.error(`${what} ${hint}`)
  return undefined
}
