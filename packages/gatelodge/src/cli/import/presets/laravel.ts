import type { Preset } from '../preset.ts'

export const laravel: Preset = {
  system: 'Laravel',
  table: 'users',
  columns: {
    email_verified: 'email_verified_at',
    password_hash: 'password',
    disabled: 'deleted_at',
  },
}
