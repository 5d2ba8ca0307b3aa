import type { Preset } from '../preset.ts'

export const joomla: Preset = {
  system: 'Joomla',
  table: 'jos_users',
  passwordFormat: 'joomla',
  columns: {
    email: 'email',
    name: 'name',
    username: 'username',
    password_hash: 'password',
    created_at: 'registerDate',
    disabled: 'block',
  },
}
