import type { Preset } from '../preset.ts'

export const kratos: Preset = {
  system: 'Ory Kratos, its identities with credentials',
  columns: {
    email: 'traits.email',
    name: ['traits.name.first + traits.name.last', 'traits.name'],
    email_verified: 'verifiable_addresses[0].verified',
    created_at: 'created_at',
    active: 'state',
    password_hash: 'credentials.password.config.hashed_password',
  },
}
