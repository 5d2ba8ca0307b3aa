import type { Preset } from '../preset.ts'

export const symfony: Preset = {
  system: 'Symfony',
  table: 'user',
  passwordFormat: 'symfony',
  columns: {
    password_hash: 'password',
    name: ['name', 'first_name + last_name', 'username'],
    email_verified: ['is_verified', 'email_verified'],
    active: ['is_active', 'enabled'],
    password_salt: 'salt',
  },
}
