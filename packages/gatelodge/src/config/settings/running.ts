// How it runs.
import { oneOf } from '../values.ts'

export const running = {
  mode: oneOf(['development', 'production'])
    .default('development')
    .meta({
      description:
        'In `production`, Gatelodge refuses to start with settings that are not safe on a network, and logs JSON. ' +
        '`NODE_ENV=production` also works.',
      example: 'production',
    }),
  logLevel: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'The lowest level of events that are logged.',
    example: 'warn',
  }),
}
