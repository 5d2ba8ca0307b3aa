// Commands with several verbs, such as `gatelodge account disable ADDRESS`: what a verb is, and the help on it.
import type { Services } from '../services.ts'
import type { Call, ExitCode, Option } from './command.ts'

export interface VerbCall extends OwnCall {
  services: Services
}

export interface OwnCall {
  call: Call
  /** What stands behind the verb. */
  words: string[]
  /** As they were given, by their names; an option without a value is `true`. */
  options: Record<string, string | undefined>
}

/** What the help says of a verb. */
export interface Told {
  /** What stands behind it, such as `ADDRESS`; `…` for one or more, brackets for what may be left out. */
  words: string
  summary: string
  options?: Option[]
}

export interface Verb extends Told {
  run(asking: VerbCall): Promise<ExitCode>
}

/** It opens the databases itself. */
export interface OwnVerb extends Told {
  run(asking: OwnCall): Promise<ExitCode>
}

export type Verbs = Record<string, Verb>

/** All options that any of them takes. */
export function optionsOf(verbs: Record<string, Told>): Option[] {
  const all = Object.values(verbs).flatMap(({ options = [] }) => options)
  return [...new Map(all.map((option) => [option.name, option])).values()]
}
