// Where the site is, and who stands before it.
import { httpOrigin } from '../addresses.ts'
import { domainName, hostList, networkList } from '../networks.ts'
import { bytes, oneLine, oneOf, pathPrefix, wholeNumber, yesOrNo } from '../values.ts'

export const address = {
  host: oneLine(253).default('127.0.0.1').meta({
    description: 'The network address to listen on. The default is reachable from this machine only.',
    example: '0.0.0.0',
  }),
  port: wholeNumber(0, 65_535).default(3000).meta({
    description: 'The port to listen on; 0 takes any free one. `PORT` also works.',
    example: '8080',
  }),
  baseUrl: httpOrigin.optional().meta({
    description:
      'Where people reach the site: scheme, host and port, nothing behind them. Forms are accepted from this origin only. ' +
      'In production it is needed, unless `host` is reachable from this machine only. Default: `http://localhost` with the port.',
    example: 'https://accounts.example.org',
  }),
  basePath: pathPrefix.default('').meta({
    description:
      'Everything of Gatelodge stands below this path: pages, files, links in emails, `/health/…` too. All other addresses of the host are the ' +
      'app’s, `/login` among them. Default: none.',
    example: '/auth',
    defaultText: 'none',
  }),
  trustedProxies: networkList.default([]).meta({
    description:
      'The addresses or networks (CIDR) of your own proxies, separated by commas. Only what they say in `forwardedHeader` about ' +
      'who is calling is believed, read from the right; so name no network with people in it: one such as `0.0.0.0/0` is refused. Default: none, the caller is anyone who ' +
      'holds the connection.',
    example: '127.0.0.1, 10.0.0.0/8',
    defaultText: 'none',
  }),
  forwardedHeader: oneOf(['x-forwarded-for', 'forwarded'])
    .default('x-forwarded-for')
    .meta({
      description:
        'The one header in which your proxies say who is calling. The other is dropped, anyone who sends it: most proxies pass on the one that they ' +
        'do not write as a visitor has sent it.',
      example: 'forwarded',
    }),
  allowedReturnHosts: hostList.default([]).meta({
    description:
      'Other hosts (with their port, if any) that people may be led back to after logging in, separated by commas: the apps that a proxy guards ' +
      'with `/forward-auth` or `/auth-request`. They are reached by the scheme of `baseUrl`. Default: none, this site only.',
    example: 'app.example.org, wiki.example.org',
    defaultText: 'none',
  }),
  cookieDomain: domainName.optional().meta({
    description:
      'Lets all hosts below this domain receive the session cookie, so that one login counts for all of them. It costs safety: every subdomain ' +
      'gets the cookie and could plant one of its own, and the cookie loses its `__Host-` prefix. Name it only where all of them are yours; ' +
      'a domain on the public suffix list, such as `co.uk` or `github.io`, is refused. ' +
      'Default: this host only.',
    example: 'example.org',
  }),
  api: yesOrNo.default(true).meta({
    description:
      'Whether programs may ask at `/api/v1`, and read about it at `/api`. Switch it off where nobody does, or where the app that Gatelodge ' +
      'stands in front of, or inside of, has these addresses.',
    example: 'false',
  }),
  bodyLimit: bytes(1024, 1024 ** 2)
    .default(64 * 1024)
    .meta({
      description: 'The largest form that is read. Ours need less than 4 KiB.',
      example: '32KiB',
    }),
}
