// How it runs.
import { oneLine, oneOf, wholeNumber } from '../values.ts'

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
  metricsPort: wholeNumber(0, 65_535)
    .optional()
    .meta({
      description:
        'The port of `/metrics`, for Prometheus, on a listener of its own. 0 takes any free port. Only `gatelodge serve` has it. ' +
        'Default: none, and nothing is counted.',
      example: '9464',
      defaultText: 'none',
    }),
  metricsHost: oneLine(253)
    .default('127.0.0.1')
    .meta({
      description:
        'The IP address of that listener. It asks for no password: choose an address that only your Prometheus reaches. The default ' +
        'is reachable from this machine only.',
      example: '10.0.0.5',
    }),
}
