import type { Preset } from '../preset.ts'

export const aspnetIdentity: Preset = {
  system: 'ASP.NET Identity',
  table: 'AspNetUsers',
  columns: {
    email: ['Email', 'UserName'],
    name: ['Name', 'DisplayName', 'FullName', 'UserName'],
    password_hash: 'PasswordHash',
    email_verified: 'EmailConfirmed',
    disabled_until: 'LockoutEnd',
  },
}
