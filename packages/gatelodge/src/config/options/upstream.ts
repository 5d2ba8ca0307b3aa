// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface UpstreamOptions {
  /**
   * The app that Gatelodge stands in front of: scheme, host and port. Requests for all addresses that are not Gatelodge’s own go there, with the account in `Remote-User`, `Remote-Email`, `Remote-Name` and `Remote-Groups`. The app must be reachable through Gatelodge only. Default: none.
   *
   * Scheme, host and port.
   * @example http://localhost:5000
   */
  upstream?: SettingsInput['upstream'] | undefined
  /**
   * Paths of the app that need no login, separated by commas. `/` is that page only; `/assets/*` is every path below it. Default: none.
   *
   * @default none
   * @example /, /assets/*
   */
  public?: SettingsInput['public'] | undefined
  /**
   * Paths of the app that need a login with a second factor, separated by commas. `/staff` is that page only; `/staff/*` is `/staff` and every path below it. A path that apps could read in several ways needs one too. Default: none.
   *
   * @default none
   * @example /staff/*, /billing
   */
  requireSecondFactor?: SettingsInput['requireSecondFactor'] | undefined
  /**
   * Paths of the app that only members of a group can open, each as `PATH=GROUP`, separated by commas: `/staff/*=editors`. If several match a page, the user must be in all their groups. Paths are read as in `requireSecondFactor`. Default: none.
   *
   * @default none
   * @example /staff/*=editors, /reports=board
   */
  requireGroup?: SettingsInput['requireGroup'] | undefined
  /**
   * Methods that need no login, separated by commas. Only `OPTIONS` is possible. It lets CORS preflights reach the app (with `Origin` and `Access-Control-Request-Method`, without a body), which browsers send without a cookie. The app then gets no user. Default: none.
   *
   * @default none
   * @example OPTIONS
   */
  publicMethods?: SettingsInput['publicMethods'] | undefined
  /**
   * The headers that name the user to the app. `remote`: `Remote-User` and the others like it. `all`: also `X-Auth-Request-User`, `X-Forwarded-User` and the others like them. All of them are removed from incoming requests, whatever is set here.
   *
   * One of `remote`, `all`.
   * @default remote
   * @example all
   */
  identityHeaders?: SettingsInput['identityHeaders'] | undefined
  /**
   * Also sends the user to the app in `Remote-Token`: a signed JWT (EdDSA, 60 seconds), for apps that do not trust a plain header. The keys to check it are at `/.well-known/jwks.json`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  identityToken?: SettingsInput['identityToken'] | undefined
  /**
   * The audience of that token (`aud`). The app must refuse tokens with any other. Default: `baseUrl`.
   *
   * One line of text, at most 200 characters.
   * @example https://app.example.org
   */
  identityTokenAudience?: SettingsInput['identityTokenAudience'] | undefined
  /**
   * How long to wait until the app starts to answer. The answer itself may take longer.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1m
   * @example 5m
   */
  upstreamTimeout?: SettingsInput['upstreamTimeout'] | undefined
  /**
   * How often the session of an open connection (web sockets, event streams, downloads, uploads) is checked. The connection ends at most this long after its session.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15s
   * @example 5s
   */
  upstreamRecheck?: SettingsInput['upstreamRecheck'] | undefined
}
