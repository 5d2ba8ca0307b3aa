// Where the database lies, for the program and for people.
import { resolve } from 'node:path'
import type { Settings } from './schema.ts'
import { maskText } from './server-url.ts'

const sqlite = 'sqlite:'

/** The setting for a database that lives as long as the process. */
export const inMemory = 'sqlite::memory:'

/** The path from the root of the disk; undefined: no file, but memory or a server. */
export function fileOf({ databaseUrl }: Pick<Settings, 'databaseUrl'>): string | undefined {
  if (databaseUrl === inMemory || !databaseUrl.startsWith(sqlite)) return undefined
  return resolve(databaseUrl.slice(sqlite.length))
}

/** For people: a path, or a URL without its password. */
export function spelledPlace(settings: Pick<Settings, 'databaseUrl'>): string {
  if (settings.databaseUrl === inMemory) return 'in memory: all of it is forgotten when this process ends'
  return fileOf(settings) ?? maskText(settings.databaseUrl)
}
