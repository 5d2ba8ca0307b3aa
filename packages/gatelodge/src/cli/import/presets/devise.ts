import type { Preset } from '../preset.ts'

export const devise: Preset = {
  system: 'Devise (Ruby on Rails)',
  table: 'users',
  columns: {
    password_hash: 'encrypted_password',
    email_verified: 'confirmed_at',
    name: ['name', 'first_name + last_name', 'username'],
  },
}
