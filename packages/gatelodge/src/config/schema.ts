// All settings, one section per file of settings/: what each setting does, its unit, its default and the reason for it.
// docs/configuration.md and options/ are written from them, and a check keeps them fresh.
import { z } from 'zod'
import { accounts } from './settings/accounts.ts'
import { address } from './settings/address.ts'
import { attempts } from './settings/attempts.ts'
import { branding } from './settings/branding.ts'
import { connections } from './settings/connections.ts'
import { email } from './settings/email.ts'
import { passwords } from './settings/passwords.ts'
import { running } from './settings/running.ts'
import { sessions } from './settings/sessions.ts'
import { storage } from './settings/storage.ts'
import { upstream } from './settings/upstream.ts'
import { spellBytes, spellDuration } from './values.ts'

/** In the order of docs/configuration.md; each by the name of its file. */
export const sections = {
  address,
  upstream,
  branding,
  storage,
  accounts,
  connections,
  email,
  passwords,
  sessions,
  attempts,
  running,
}

export const schema = z
  .object({
    ...sections.address,
    ...sections.upstream,
    ...sections.branding,
    ...sections.storage,
    ...sections.accounts,
    ...sections.connections,
    ...sections.email,
    ...sections.passwords,
    ...sections.sessions,
    ...sections.attempts,
    ...sections.running,
  })
  .strict()

/** What may be given, before defaults are filled in. */
export type SettingsInput = z.input<typeof schema>

/** The settings after reading: defaults filled in, durations in milliseconds, sizes in bytes. */
export type Settings = z.output<typeof schema> & { baseUrl: string; databaseUrl: string }

export type SettingName = keyof typeof schema.shape

/** What the schema's meta() carries beside zod's own. */
export interface SettingMeta {
  description: string
  example: string
  secret?: boolean
  defaultText?: string
}

/** What the kind of a value carries, whatever setting it is of. */
export interface FormMeta {
  /** What may be given, in a few words. */
  form?: string
  /** Of the number that it becomes. */
  unit?: 'milliseconds' | 'bytes'
  isYesOrNo?: boolean
  /** A password may stand in it, or in what someone gives by mistake. */
  holdsUrl?: boolean
}

export const settingNames = Object.keys(schema.shape) as SettingName[]

export function metaOf(name: SettingName): SettingMeta {
  return schema.shape[name].meta() as unknown as SettingMeta
}

export function formOf(name: SettingName): FormMeta {
  let kind: z.core.$ZodType = schema.shape[name]
  while (kind instanceof z.ZodDefault || kind instanceof z.ZodOptional) kind = kind.unwrap()
  return (z.globalRegistry.get(kind) ?? {}) as FormMeta
}

/** What is in force where nothing is given, as a person would write it; undefined: nothing is. */
export function defaultOf(name: SettingName): string | undefined {
  const value: unknown = schema.shape[name].safeParse(undefined).data
  if (value === undefined) return undefined
  const { unit } = formOf(name)
  if (unit === 'milliseconds') return spellDuration(value as number)
  return unit === 'bytes' ? spellBytes(value as number) : String(value)
}

/** `baseUrl` → `GATELODGE_BASE_URL` */
export function environmentName(name: SettingName): string {
  return `GATELODGE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** `baseUrl` → `--base-url` */
export function flagName(name: SettingName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
