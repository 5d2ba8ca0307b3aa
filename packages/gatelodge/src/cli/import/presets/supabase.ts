import type { Preset } from '../preset.ts'

export const supabase: Preset = {
  system: 'Supabase, auth.users',
  columns: {
    email: 'email',
    name: ['raw_user_meta_data.full_name', 'raw_user_meta_data.name'],
    password_hash: 'encrypted_password',
    email_verified: ['email_confirmed_at', 'confirmed_at'],
    created_at: 'created_at',
    disabled: 'deleted_at',
    disabled_until: 'banned_until',
  },
}
