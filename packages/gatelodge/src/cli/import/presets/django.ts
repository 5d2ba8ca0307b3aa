import type { Preset } from '../preset.ts'

export const django: Preset = {
  system: 'Django',
  table: 'auth_user',
  passwordFormat: 'django',
  columns: {
    email: 'email',
    name: ['first_name + last_name', 'username'],
    username: 'username',
    password_hash: 'password',
    created_at: 'date_joined',
    active: 'is_active',
  },
}
