// How it runs.
import { z } from 'zod'

export const running = {
  mode: z.enum(['development', 'production']).default('development').meta({
    description:
      'In `production` Gatelodge refuses to start with settings that are not safe on a network, and logs as JSON. `NODE_ENV` is heard too.',
    example: 'production',
  }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'The least grave event that is logged.',
    example: 'warn',
  }),
}
