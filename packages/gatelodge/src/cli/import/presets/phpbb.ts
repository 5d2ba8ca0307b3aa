import type { Preset } from '../preset.ts'

export const phpbb: Preset = {
  system: 'phpBB 3',
  table: 'phpbb_users',
  columns: {
    email: 'user_email',
    name: 'username',
    password_hash: 'user_password',
    created_at: 'user_regdate',
    disabled: 'user_inactive_time',
  },
}
