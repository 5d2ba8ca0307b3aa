import type { Preset } from '../preset.ts'

export const betterAuth: Preset = {
  system: 'better-auth',
  table: 'user',
  join: { table: 'account', on: ['id', 'userId'], where: ['providerId', 'credential'] },
  columns: {
    name: 'name',
    email: 'email',
    email_verified: 'emailVerified',
    created_at: 'createdAt',
    disabled: 'banned',
    password_hash: ['account.password', 'password'],
  },
}
