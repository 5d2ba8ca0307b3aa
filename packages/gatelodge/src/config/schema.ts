// Every setting there is, by what it is about; settings/ tells what each does, its unit, its default and the reason for it.
// docs/configuration.md is written from them, and a check keeps it so.
import { z } from 'zod'
import { accounts } from './settings/accounts.ts'
import { address } from './settings/address.ts'
import { appBehind } from './settings/app-behind.ts'
import { letters } from './settings/letters.ts'
import { looks } from './settings/looks.ts'
import { passwords } from './settings/passwords.ts'
import { running } from './settings/running.ts'
import { sessions } from './settings/sessions.ts'
import { storage } from './settings/storage.ts'
import { tries } from './settings/tries.ts'
import { spellBytes, spellDuration } from './values.ts'

export const schema = z
  .object({
    ...address,
    ...appBehind,
    ...looks,
    ...storage,
    ...accounts,
    ...letters,
    ...passwords,
    ...sessions,
    ...tries,
    ...running,
  })
  .strict()

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

export const settingNames = Object.keys(schema.shape) as SettingName[]

export function metaOf(name: SettingName): SettingMeta {
  return schema.shape[name].meta() as unknown as SettingMeta
}

/** What a measured value counts, and what may be written. */
export interface Measure {
  unit: 'milliseconds' | 'bytes'
  allowed: string
}

/** undefined: no duration and no size. */
export function measureOf(name: SettingName): Measure | undefined {
  const meta = bare(schema.shape[name]).meta() as Partial<Measure> | undefined
  return meta?.unit && meta.allowed ? { unit: meta.unit, allowed: meta.allowed } : undefined
}

/** Without what says that it may be left out. */
export function bare(setting: z.ZodType): z.ZodType {
  return setting instanceof z.ZodDefault || setting instanceof z.ZodOptional
    ? bare(setting.unwrap() as z.ZodType)
    : setting
}

/** What is in force where nothing is given, as a person would write it; undefined: nothing is. */
export function defaultOf(name: SettingName): string | undefined {
  const value: unknown = schema.shape[name].safeParse(undefined).data
  if (value === undefined) return undefined
  const unit = measureOf(name)?.unit
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
