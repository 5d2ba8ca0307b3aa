// What an import is asked to do, after the words of the command were read.
import type { SiteKeys } from '../../identity/passwords/foreign/given.ts'
import type { Preset } from './preset.ts'

export interface ImportOptions {
  preset: Preset
  isDry: boolean
  keys: SiteKeys
  /** For all rows that name none. */
  passwordFormat: string | undefined
  /** Where rows that cannot be taken are listed. */
  rejects: string
  /** Who comes without a password gets a link to set one. */
  sendsLinks?: boolean
}

/** One row as its source gives it, and where it stands there. */
export interface RawRow {
  /** Of the file, from 1; of a JSON list or a table, the number of the element or row. Each row has its own. */
  line: number
  values: Record<string, unknown> | undefined
  /** Why there are no values. */
  fault?: string
  /** Of the whole source, from 0 to 1, once this row is done. */
  share: number
}

/** Names one source: the same file again has the same mark. */
export interface Source {
  mark: Buffer
  rows: AsyncIterable<RawRow>
}
