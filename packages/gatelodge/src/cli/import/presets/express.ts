import type { Preset } from '../preset.ts'

export const express: Preset = {
  system: 'Express with passport, the usual columns',
  table: 'users',
  columns: {
    name: ['name', 'displayName', 'display_name', 'username'],
    password_hash: ['password_hash', 'passwordHash', 'password', 'hash'],
    created_at: ['created_at', 'createdAt'],
    email_verified: ['email_verified', 'emailVerified', 'isVerified', 'verified'],
    disabled: ['disabled', 'isDisabled'],
  },
}
