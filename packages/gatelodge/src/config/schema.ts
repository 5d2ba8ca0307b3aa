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

/** `baseUrl` → `GATELODGE_BASE_URL` */
export function environmentName(name: SettingName): string {
  return `GATELODGE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** `baseUrl` → `--base-url` */
export function flagName(name: SettingName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
