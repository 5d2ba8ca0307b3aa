import type { Preset } from '../preset.ts'

export const lucia: Preset = {
  system: 'Lucia',
  table: 'user',
  columns: {
    name: ['name', 'username'],
    password_hash: ['password_hash', 'hashed_password', 'user_key.hashed_password'],
    email_verified: ['email_verified', 'emailVerified'],
  },
}
