// The app that Gatelodge stands in front of.
import { hours, seconds } from '../../time.ts'
import { httpOrigin } from '../addresses.ts'
import { duration, groupPathList, methodList, oneLine, oneOf, pathList, yesOrNo } from '../values.ts'

export const appBehind = {
  upstream: httpOrigin.optional().meta({
    description:
      'The app that Gatelodge stands in front of: scheme, host and port. Every address that is not one of its own goes there, with the account ' +
      'in `Remote-User`, `Remote-Email`, `Remote-Name` and `Remote-Groups`. The app must be reachable through Gatelodge only. Default: none.',
    example: 'http://localhost:5000',
  }),
  public: pathList.default([]).meta({
    description:
      'Paths of the app that need no login, separated by commas: `/` is that page alone, `/assets/*` all below it. Default: none.',
    example: '/, /assets/*',
    defaultText: 'none',
  }),
  requireSecondFactor: pathList.default([]).meta({
    description:
      'Paths of the app that need a login with a second factor, separated by commas: `/admin` is that page alone, `/admin/*` it and all below it. ' +
      'A path that apps may read in several ways counts as one of them. Default: none.',
    example: '/admin/*, /billing',
    defaultText: 'none',
  }),
  requireGroup: groupPathList.default([]).meta({
    description:
      'Paths of the app that are for the members of a group only, each as `PATH=GROUP`, separated by commas: `/admin/*=editors`. Where several ' +
      'cover a page, it needs all their groups. Paths are read as in `requireSecondFactor`. Default: none.',
    example: '/admin/*=editors, /reports=board',
    defaultText: 'none',
  }),
  publicMethods: methodList.default([]).meta({
    description:
      'Methods that need no login, separated by commas. There is one: `OPTIONS` lets the preflights of CORS pass to the app (with `Origin` and ' +
      '`Access-Control-Request-Method`, without a body), which browsers send without a cookie. The app is named nobody then. Default: none.',
    example: 'OPTIONS',
    defaultText: 'none',
  }),
  identityHeaders: oneOf(['remote', 'all'])
    .default('remote')
    .meta({
      description:
        'Which names tell the app who asks. `remote`: `Remote-User` and its like. `all`: `X-Auth-Request-User` and `X-Forwarded-User` and their ' +
        'like as well. All of them are taken off what comes from outside, whatever is set here.',
      example: 'all',
    }),
  identityToken: yesOrNo.default(false).meta({
    description:
      'Tells the app who asks in `Remote-Token` as well: a signed JWT (EdDSA, 60 seconds), for apps that will not believe a plain header. ' +
      'The keys to check it with are at `/.well-known/jwks.json`.',
    example: 'true',
  }),
  identityTokenAudience: oneLine(200).optional().meta({
    description: 'Whom that token is for (`aud`): the app takes no other. Default: `baseUrl`.',
    example: 'https://app.example.org',
  }),
  upstreamTimeout: duration(seconds(1), hours(1)).default(seconds(60)).meta({
    description: 'How long the app may be silent before it answers. Once it does, it may take its time.',
    example: '5m',
  }),
  upstreamRecheck: duration(seconds(1), hours(1))
    .default(seconds(15))
    .meta({
      description:
        'What is still open (web sockets, event streams, downloads, uploads) ends so long after its session at the latest: the session is looked up ' +
        'again and again.',
      example: '5s',
    }),
}
