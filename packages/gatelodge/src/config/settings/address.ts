// Where the site is, and who stands before it.
import { httpOrigin } from '../addresses.ts'
import { listenHost, socketMode, socketPath } from '../listening.ts'
import { domainName, hostList, networkList } from '../networks.ts'
import { bytes, oneOf, pathPrefix, wholeNumber, yesOrNo } from '../values.ts'

export const address = {
  host: listenHost.default('127.0.0.1').meta({
    description:
      'The IP address to listen on. The default is reachable from this machine only. `0.0.0.0` means all IPv4 addresses of this ' +
      'machine, `::` all of IPv6 and IPv4.',
    example: '::',
  }),
  port: wholeNumber(0, 65_535).default(3000).meta({
    description: 'The port to listen on. 0 takes any free port. `PORT` also works.',
    example: '8080',
  }),
  unixSocket: socketPath.optional().meta({
    description:
      'The path of a Unix socket to listen on, in place of `host` and `port`: a proxy on this machine connects to it, and nobody ' +
      'else can. The folder must exist. Needs `baseUrl`; with `unix` in `trustedProxies`, the proxy is believed about the address ' +
      'of the client. Default: none.',
    example: '/run/gatelodge/gatelodge.sock',
    defaultText: 'none',
  }),
  unixSocketMode: socketMode.default('660').meta({
    description:
      'The mode of `unixSocket`. Who may write to the file may connect: with `660`, the user and the group of this process.',
    example: '666',
  }),
  baseUrl: httpOrigin.optional().meta({
    description:
      'The address of the site for its users: scheme, host and port, without a path. Forms are accepted from this origin only. ' +
      'Required in production, unless `host` is reachable from this machine only. Default: `http://localhost` with the port.',
    example: 'https://accounts.example.org',
  }),
  basePath: pathPrefix.default('').meta({
    description:
      'The path below which Gatelodge serves everything: pages, files, links in emails and `/health/…`. All other addresses of the ' +
      'host belong to the app, including `/login`. Default: none.',
    example: '/auth',
    defaultText: 'none',
  }),
  trustedProxies: networkList.default([]).meta({
    description:
      'The IP addresses or networks (CIDR) of your own proxies, separated by commas; `unix` means the programs that connect to ' +
      '`unixSocket`. Gatelodge believes only these about the address of the client (in `forwardedHeader`, read from the right). Do not list networks that visitors are in: one such as `0.0.0.0/0` ' +
      'is refused. Default: none. The client is then the address that opened the connection.',
    example: '127.0.0.1, 10.0.0.0/8',
    defaultText: 'none',
  }),
  forwardedHeader: oneOf(['x-forwarded-for', 'forwarded'])
    .default('x-forwarded-for')
    .meta({
      description:
        'The header in which your proxies pass on the address of the client. Gatelodge drops the other one, because most proxies pass ' +
        'it on unchanged from the visitor.',
      example: 'forwarded',
    }),
  allowedReturnHosts: hostList.default([]).meta({
    description:
      'Other hosts (with their port, if any) to which users can return after logging in, separated by commas: the apps that a proxy ' +
      'protects with `/forward-auth` or `/auth-request`. They use the scheme of `baseUrl`. Default: none, only this site.',
    example: 'app.example.org, wiki.example.org',
    defaultText: 'none',
  }),
  cookieDomain: domainName.optional().meta({
    description:
      'Sends the session cookie to all hosts below this domain, so that one login works for all of them. This is less safe: every ' +
      'subdomain gets the cookie and could set one of its own, and the cookie loses its `__Host-` prefix. Set it only if all ' +
      'subdomains are yours. A domain on the public suffix list, such as `co.uk` or `github.io`, is refused. Default: this host ' +
      'only.',
    example: 'example.org',
  }),
  api: yesOrNo.default(true).meta({
    description:
      'Whether programs can use `/api/v1` and read its reference at `/api`. Turn it off if no program needs it, or if your app uses ' +
      'these addresses itself.',
    example: 'false',
  }),
  bodyLimit: bytes(1024, 1024 ** 2)
    .default(64 * 1024)
    .meta({
      description: 'The largest form that is accepted. The forms of Gatelodge need less than 4 KiB.',
      example: '32KiB',
    }),
}
