// What a command is given, and how it may end.
import type { Loaded } from '../config/load.ts'
import type { Settings } from '../config/schema.ts'

/** 0: done; 1: could not be done; 2: called or configured wrongly. */
export type ExitCode = 0 | 1 | 2

export interface Call {
  /** What stands behind the command. */
  words: string[]
  settings: Settings
  loaded: Extract<Loaded, { kind: 'settings' }>
}
