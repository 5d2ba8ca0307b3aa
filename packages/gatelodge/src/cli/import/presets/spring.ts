import type { Preset } from '../preset.ts'

export const spring: Preset = {
  system: 'Spring Security',
  table: 'users',
  columns: {
    email: ['email', 'username'],
    name: ['name', 'display_name', 'full_name', 'first_name + last_name'],
    password_hash: 'password',
    active: 'enabled',
  },
}
