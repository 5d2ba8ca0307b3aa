// Written from config/settings/ by `npm run docs`.
import type { AccountsOptions } from './options/accounts.ts'
import type { AddressOptions } from './options/address.ts'
import type { AttemptsOptions } from './options/attempts.ts'
import type { BrandingOptions } from './options/branding.ts'
import type { ConnectionsOptions } from './options/connections.ts'
import type { EmailOptions } from './options/email.ts'
import type { PasswordsOptions } from './options/passwords.ts'
import type { RunningOptions } from './options/running.ts'
import type { SessionsOptions } from './options/sessions.ts'
import type { StorageOptions } from './options/storage.ts'
import type { UpstreamOptions } from './options/upstream.ts'

/** Every setting of docs/configuration.md by its name in code. All can be left out. */
export interface SettingOptions
  extends AddressOptions,
    UpstreamOptions,
    BrandingOptions,
    StorageOptions,
    AccountsOptions,
    ConnectionsOptions,
    EmailOptions,
    PasswordsOptions,
    SessionsOptions,
    AttemptsOptions,
    RunningOptions {}
