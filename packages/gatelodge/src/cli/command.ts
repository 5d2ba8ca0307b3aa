// What a command is given, and how it may end.
import type { Loaded } from '../config/load.ts'
import type { Settings } from '../config/schema.ts'

/** 0: done; 1: could not be done; 2: called or configured wrongly. */
export type ExitCode = 0 | 1 | 2

/** A flag that is no setting. */
export interface Option {
  /** Without the hyphens. */
  name: string
  /** What stands behind it, such as `TEXT`; none: it is there or not. */
  value?: string
  /** It may be given several times: a line each. */
  isRepeated?: true
  about: string
}

export interface Call {
  /** What stands behind the command. */
  words: string[]
  /** The flags of the command that are no settings, by their names. */
  options: Record<string, string | undefined>
  settings: Settings
  loaded: Extract<Loaded, { kind: 'settings' }>
}
