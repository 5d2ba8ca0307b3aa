import type { Preset } from '../preset.ts'

export const firebase: Preset = {
  system: 'Firebase, the JSON of auth:export',
  list: 'users',
  passwordFormat: 'firebase',
  columns: {
    email: 'email',
    name: 'displayName',
    email_verified: 'emailVerified',
    created_at: 'createdAt',
    disabled: 'disabled',
    password_hash: 'passwordHash',
    password_salt: 'salt',
  },
}
