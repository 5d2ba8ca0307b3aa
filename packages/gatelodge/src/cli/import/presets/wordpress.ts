import type { Preset } from '../preset.ts'

export const wordpress: Preset = {
  system: 'WordPress, before and from 6.8',
  table: 'wp_users',
  passwordFormat: 'md5',
  columns: {
    email: 'user_email',
    name: 'display_name',
    username: 'user_login',
    password_hash: 'user_pass',
    created_at: 'user_registered',
  },
}
