import type { Preset } from '../preset.ts'

export const clerk: Preset = {
  system: 'Clerk, its CSV',
  columns: {
    email: ['primary_email_address', 'email'],
    name: ['first_name + last_name', 'username'],
    password_hash: 'password_digest',
    password_format: 'password_hasher',
    totp_secret: 'totp_secret',
    created_at: 'created_at',
    email_verified: 'verified_email_addresses',
  },
}
