// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface RunningOptions {
  /**
   * In `production`, Gatelodge refuses to start with settings that are not safe on a network, and logs JSON. `NODE_ENV=production` also works.
   *
   * One of `development`, `production`.
   * @default development
   * @example production
   */
  mode?: SettingsInput['mode'] | undefined
  /**
   * The lowest level of events that are logged.
   *
   * One of `debug`, `info`, `warn`, `error`, `silent`.
   * @default info
   * @example warn
   */
  logLevel?: SettingsInput['logLevel'] | undefined
  /**
   * The port of `/metrics`, for Prometheus, on a listener of its own. 0 takes any free port. Only `gatelodge serve` has it. Default: none, and nothing is counted.
   *
   * A whole number from 0 to 65535.
   * @default none
   * @example 9464
   */
  metricsPort?: SettingsInput['metricsPort'] | undefined
  /**
   * The IP address of that listener. It asks for no password: choose an address that only your Prometheus reaches. The default is reachable from this machine only.
   *
   * An IP address or a host name.
   * @default 127.0.0.1
   * @example 10.0.0.5
   */
  metricsHost?: SettingsInput['metricsHost'] | undefined
}
