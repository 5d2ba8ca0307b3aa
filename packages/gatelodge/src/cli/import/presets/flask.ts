import type { Preset } from '../preset.ts'

export const flask: Preset = {
  system: 'Flask with werkzeug or passlib',
  table: 'user',
  passwordFormat: 'werkzeug',
  columns: {
    name: ['name', 'username'],
    password_hash: ['password_hash', 'password'],
    created_at: ['created_at', 'created'],
    active: ['active', 'is_active'],
    email_verified: ['email_verified', 'confirmed_at', 'confirmed'],
  },
}
