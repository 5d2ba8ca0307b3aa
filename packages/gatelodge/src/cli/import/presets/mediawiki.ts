import type { Preset } from '../preset.ts'

export const mediawiki: Preset = {
  system: 'MediaWiki',
  table: 'user',
  columns: {
    email: 'user_email',
    name: ['user_real_name', 'user_name'],
    username: 'user_name',
    password_hash: 'user_password',
    created_at: 'user_registration',
    email_verified: 'user_email_authenticated',
  },
}
