// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface AddressOptions {
  /**
   * The IP address to listen on. The default is reachable from this machine only. `0.0.0.0` means all IPv4 addresses of this machine, `::` all of IPv6 and IPv4.
   *
   * An IP address or a host name.
   * @default 127.0.0.1
   * @example ::
   */
  host?: SettingsInput['host'] | undefined
  /**
   * The port to listen on. 0 takes any free port. `PORT` also works.
   *
   * A whole number from 0 to 65535.
   * @default 3000
   * @example 8080
   */
  port?: SettingsInput['port'] | undefined
  /**
   * The path of a Unix socket to listen on, in place of `host` and `port`: a proxy on this machine connects to it, and nobody else can. The folder must exist. Needs `baseUrl`; with `unix` in `trustedProxies`, the proxy is believed about the address of the client. Default: none.
   *
   * A path.
   * @default none
   * @example /run/gatelodge/gatelodge.sock
   */
  unixSocket?: SettingsInput['unixSocket'] | undefined
  /**
   * The mode of `unixSocket`. Who may write to the file may connect: with `660`, the user and the group of this process.
   *
   * Three digits, as for `chmod`.
   * @default 660
   * @example 666
   */
  unixSocketMode?: SettingsInput['unixSocketMode'] | undefined
  /**
   * The address of the site for its users: scheme, host and port, without a path. Forms are accepted from this origin only. Required in production, unless `host` is reachable from this machine only. Default: `http://localhost` with the port.
   *
   * Scheme, host and port.
   * @example https://accounts.example.org
   */
  baseUrl?: SettingsInput['baseUrl'] | undefined
  /**
   * The path below which Gatelodge serves everything: pages, files, links in emails and `/health/…`. All other addresses of the host belong to the app, including `/login`. Default: none.
   *
   * A path.
   * @default none
   * @example /auth
   */
  basePath?: SettingsInput['basePath'] | undefined
  /**
   * The IP addresses or networks (CIDR) of your own proxies, separated by commas; `unix` means the programs that connect to `unixSocket`. Gatelodge believes only these about the address of the client (in `forwardedHeader`, read from the right). Do not list networks that visitors are in: one such as `0.0.0.0/0` is refused. Default: none. The client is then the address that opened the connection.
   *
   * Addresses, networks or `unix`, separated by commas, or an array of them.
   * @default none
   * @example 127.0.0.1, 10.0.0.0/8
   */
  trustedProxies?: SettingsInput['trustedProxies'] | undefined
  /**
   * The header in which your proxies pass on the address of the client. Gatelodge drops the other one, because most proxies pass it on unchanged from the visitor.
   *
   * One of `x-forwarded-for`, `forwarded`.
   * @default x-forwarded-for
   * @example forwarded
   */
  forwardedHeader?: SettingsInput['forwardedHeader'] | undefined
  /**
   * Other hosts (with their port, if any) to which users can return after logging in, separated by commas: the apps that a proxy protects with `/forward-auth` or `/auth-request`. They use the scheme of `baseUrl`. Default: none, only this site.
   *
   * Host names, separated by commas, or an array of them.
   * @default none
   * @example app.example.org, wiki.example.org
   */
  allowedReturnHosts?: SettingsInput['allowedReturnHosts'] | undefined
  /**
   * Sends the session cookie to all hosts below this domain, so that one login works for all of them. This is less safe: every subdomain gets the cookie and could set one of its own, and the cookie loses its `__Host-` prefix. Set it only if all subdomains are yours. A domain on the public suffix list, such as `co.uk` or `github.io`, is refused. Default: this host only.
   *
   * A domain.
   * @example example.org
   */
  cookieDomain?: SettingsInput['cookieDomain'] | undefined
  /**
   * Whether programs can use `/api/v1` and read its reference at `/api`. Turn it off if no program needs it, or if your app uses these addresses itself.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  api?: SettingsInput['api'] | undefined
  /**
   * The largest form that is accepted. The forms of Gatelodge need less than 4 KiB.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 64KiB
   * @example 32KiB
   */
  bodyLimit?: SettingsInput['bodyLimit'] | undefined
}
