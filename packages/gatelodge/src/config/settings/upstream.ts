// The app that Gatelodge stands in front of.
import { hours, seconds } from '../../time.ts'
import { httpOrigin } from '../addresses.ts'
import { duration, groupPathList, methodList, oneLine, oneOf, pathList, yesOrNo } from '../values.ts'

export const upstream = {
  upstream: httpOrigin.optional().meta({
    description:
      'The app that Gatelodge stands in front of: scheme, host and port. Requests for all addresses that are not Gatelodge’s own go ' +
      'there, with the account in `Remote-User`, `Remote-Email`, `Remote-Name` and `Remote-Groups`. The app must be reachable through Gatelodge only. ' +
      'Default: none.',
    example: 'http://localhost:5000',
  }),
  public: pathList.default([]).meta({
    description:
      'Paths of the app that need no login, separated by commas. `/` is that page only; `/assets/*` is every path below it. Default: ' +
      'none.',
    example: '/, /assets/*',
    defaultText: 'none',
  }),
  requireSecondFactor: pathList.default([]).meta({
    description:
      'Paths of the app that need a login with a second factor, separated by commas. `/staff` is that page only; `/staff/*` is ' +
      '`/staff` and every path below it. A path that apps could read in several ways needs one too. Default: none.',
    example: '/staff/*, /billing',
    defaultText: 'none',
  }),
  requireGroup: groupPathList.default([]).meta({
    description:
      'Paths of the app that only members of a group can open, each as `PATH=GROUP`, separated by commas: `/staff/*=editors`. If ' +
      'several match a page, the user must be in all their groups. Paths are read as in `requireSecondFactor`. Default: none.',
    example: '/staff/*=editors, /reports=board',
    defaultText: 'none',
  }),
  publicMethods: methodList.default([]).meta({
    description:
      'Methods that need no login, separated by commas. Only `OPTIONS` is possible. It lets CORS preflights reach the app (with ' +
      '`Origin` and `Access-Control-Request-Method`, without a body), which browsers send without a cookie. The app then gets no ' +
      'user. Default: none.',
    example: 'OPTIONS',
    defaultText: 'none',
  }),
  identityHeaders: oneOf(['remote', 'all'])
    .default('remote')
    .meta({
      description:
        'The headers that name the user to the app. `remote`: `Remote-User` and the others like it. `all`: also `X-Auth-Request-User`, ' +
        '`X-Forwarded-User` and the others like them. All of them are removed from incoming requests, whatever is set here.',
      example: 'all',
    }),
  identityToken: yesOrNo.default(false).meta({
    description:
      'Also sends the user to the app in `Remote-Token`: a signed JWT (EdDSA, 60 seconds), for apps that do not trust a plain ' +
      'header. The keys to check it are at `/.well-known/jwks.json`.',
    example: 'true',
  }),
  identityTokenAudience: oneLine(200).optional().meta({
    description: 'The audience of that token (`aud`). The app must refuse tokens with any other. Default: `baseUrl`.',
    example: 'https://app.example.org',
  }),
  upstreamTimeout: duration(seconds(1), hours(1)).default(seconds(60)).meta({
    description: 'How long to wait until the app starts to answer. The answer itself may take longer.',
    example: '5m',
  }),
  upstreamRecheck: duration(seconds(1), hours(1))
    .default(seconds(15))
    .meta({
      description:
        'How often the session of an open connection (web sockets, event streams, downloads, uploads) is checked. The connection ends ' +
        'at most this long after its session.',
      example: '5s',
    }),
}
