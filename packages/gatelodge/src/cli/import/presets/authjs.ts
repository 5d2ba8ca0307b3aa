import type { Preset } from '../preset.ts'

export const authjs: Preset = {
  system: 'Auth.js with bcrypt',
  table: 'users',
  columns: {
    name: 'name',
    email_verified: ['emailVerified', 'email_verified'],
    password_hash: ['password', 'passwordHash', 'password_hash'],
  },
}
