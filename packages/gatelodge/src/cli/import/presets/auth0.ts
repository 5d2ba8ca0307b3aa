import type { Preset } from '../preset.ts'

export const auth0: Preset = {
  system: 'Auth0, the NDJSON of its support',
  columns: {
    email: 'email',
    name: ['name', 'nickname'],
    email_verified: ['emailVerified', 'email_verified'],
    created_at: ['createdAt.$date', 'created_at', 'createdAt'],
    disabled: 'blocked',
    password_hash: ['passwordHash', 'password_hash'],
  },
}
