import type { Preset } from '../preset.ts'

export const drupal: Preset = {
  system: 'Drupal 7 and later',
  table: 'users',
  columns: {
    email: 'mail',
    name: 'name',
    password_hash: 'pass',
    created_at: 'created',
    active: 'status',
  },
}
