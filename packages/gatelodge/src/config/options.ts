// Written from config/settings/ by `npm run docs`: the settings as code gives them, with what an editor shows of each.
import type { z } from 'zod'
import type { schema } from './schema.ts'

type Input = z.input<typeof schema>

/** Every setting of docs/configuration.md by its name in code. All can be left out. */
export interface SettingOptions {
  /**
   * The IP address to listen on. The default is reachable from this machine only. `0.0.0.0` means all IPv4 addresses of this machine, `::` all of IPv6 and IPv4.
   *
   * An IP address or a host name.
   * @default 127.0.0.1
   * @example ::
   */
  host?: Input['host'] | undefined
  /**
   * The port to listen on. 0 takes any free port. `PORT` also works.
   *
   * A whole number from 0 to 65535.
   * @default 3000
   * @example 8080
   */
  port?: Input['port'] | undefined
  /**
   * The path of a Unix socket to listen on, in place of `host` and `port`: a proxy on this machine connects to it, and nobody else can. The folder must exist. Needs `baseUrl`; with `unix` in `trustedProxies`, the proxy is believed about the address of the client. Default: none.
   *
   * A path.
   * @default none
   * @example /run/gatelodge/gatelodge.sock
   */
  unixSocket?: Input['unixSocket'] | undefined
  /**
   * The mode of `unixSocket`. Who may write to the file may connect: with `660`, the user and the group of this process.
   *
   * Three digits, as for `chmod`.
   * @default 660
   * @example 666
   */
  unixSocketMode?: Input['unixSocketMode'] | undefined
  /**
   * The address of the site for its users: scheme, host and port, without a path. Forms are accepted from this origin only. Required in production, unless `host` is reachable from this machine only. Default: `http://localhost` with the port.
   *
   * Scheme, host and port.
   * @example https://accounts.example.org
   */
  baseUrl?: Input['baseUrl'] | undefined
  /**
   * The path below which Gatelodge serves everything: pages, files, links in emails and `/health/…`. All other addresses of the host belong to the app, including `/login`. Default: none.
   *
   * A path.
   * @default none
   * @example /auth
   */
  basePath?: Input['basePath'] | undefined
  /**
   * The IP addresses or networks (CIDR) of your own proxies, separated by commas; `unix` means the programs that connect to `unixSocket`. Gatelodge believes only these about the address of the client (in `forwardedHeader`, read from the right). Do not list networks that visitors are in: one such as `0.0.0.0/0` is refused. Default: none. The client is then the address that opened the connection.
   *
   * Addresses, networks or `unix`, separated by commas, or an array of them.
   * @default none
   * @example 127.0.0.1, 10.0.0.0/8
   */
  trustedProxies?: Input['trustedProxies'] | undefined
  /**
   * The header in which your proxies pass on the address of the client. Gatelodge drops the other one, because most proxies pass it on unchanged from the visitor.
   *
   * One of `x-forwarded-for`, `forwarded`.
   * @default x-forwarded-for
   * @example forwarded
   */
  forwardedHeader?: Input['forwardedHeader'] | undefined
  /**
   * Other hosts (with their port, if any) to which users can return after logging in, separated by commas: the apps that a proxy protects with `/forward-auth` or `/auth-request`. They use the scheme of `baseUrl`. Default: none, only this site.
   *
   * Host names, separated by commas, or an array of them.
   * @default none
   * @example app.example.org, wiki.example.org
   */
  allowedReturnHosts?: Input['allowedReturnHosts'] | undefined
  /**
   * Sends the session cookie to all hosts below this domain, so that one login works for all of them. This is less safe: every subdomain gets the cookie and could set one of its own, and the cookie loses its `__Host-` prefix. Set it only if all subdomains are yours. A domain on the public suffix list, such as `co.uk` or `github.io`, is refused. Default: this host only.
   *
   * A domain.
   * @example example.org
   */
  cookieDomain?: Input['cookieDomain'] | undefined
  /**
   * Whether programs can use `/api/v1` and read its reference at `/api`. Turn it off if no program needs it, or if your app uses these addresses itself.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  api?: Input['api'] | undefined
  /**
   * The largest form that is accepted. The forms of Gatelodge need less than 4 KiB.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 64KiB
   * @example 32KiB
   */
  bodyLimit?: Input['bodyLimit'] | undefined
  /**
   * The app that Gatelodge stands in front of: scheme, host and port. Requests for all addresses that are not Gatelodge’s own go there, with the account in `Remote-User`, `Remote-Email`, `Remote-Name` and `Remote-Groups`. The app must be reachable through Gatelodge only. Default: none.
   *
   * Scheme, host and port.
   * @example http://localhost:5000
   */
  upstream?: Input['upstream'] | undefined
  /**
   * Paths of the app that need no login, separated by commas. `/` is that page only; `/assets/*` is every path below it. Default: none.
   *
   * @default none
   * @example /, /assets/*
   */
  public?: Input['public'] | undefined
  /**
   * Paths of the app that need a login with a second factor, separated by commas. `/staff` is that page only; `/staff/*` is `/staff` and every path below it. A path that apps could read in several ways needs one too. Default: none.
   *
   * @default none
   * @example /staff/*, /billing
   */
  requireSecondFactor?: Input['requireSecondFactor'] | undefined
  /**
   * Paths of the app that only members of a group can open, each as `PATH=GROUP`, separated by commas: `/staff/*=editors`. If several match a page, the user must be in all their groups. Paths are read as in `requireSecondFactor`. Default: none.
   *
   * @default none
   * @example /staff/*=editors, /reports=board
   */
  requireGroup?: Input['requireGroup'] | undefined
  /**
   * Methods that need no login, separated by commas. Only `OPTIONS` is possible. It lets CORS preflights reach the app (with `Origin` and `Access-Control-Request-Method`, without a body), which browsers send without a cookie. The app then gets no user. Default: none.
   *
   * @default none
   * @example OPTIONS
   */
  publicMethods?: Input['publicMethods'] | undefined
  /**
   * The headers that name the user to the app. `remote`: `Remote-User` and the others like it. `all`: also `X-Auth-Request-User`, `X-Forwarded-User` and the others like them. All of them are removed from incoming requests, whatever is set here.
   *
   * One of `remote`, `all`.
   * @default remote
   * @example all
   */
  identityHeaders?: Input['identityHeaders'] | undefined
  /**
   * Also sends the user to the app in `Remote-Token`: a signed JWT (EdDSA, 60 seconds), for apps that do not trust a plain header. The keys to check it are at `/.well-known/jwks.json`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  identityToken?: Input['identityToken'] | undefined
  /**
   * The audience of that token (`aud`). The app must refuse tokens with any other. Default: `baseUrl`.
   *
   * One line of text, at most 200 characters.
   * @example https://app.example.org
   */
  identityTokenAudience?: Input['identityTokenAudience'] | undefined
  /**
   * How long to wait until the app starts to answer. The answer itself may take longer.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1m
   * @example 5m
   */
  upstreamTimeout?: Input['upstreamTimeout'] | undefined
  /**
   * How often the session of an open connection (web sockets, event streams, downloads, uploads) is checked. The connection ends at most this long after its session.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15s
   * @example 5s
   */
  upstreamRecheck?: Input['upstreamRecheck'] | undefined
  /**
   * The name of your site, shown on every page and in every email.
   *
   * One line of text, at most 60 characters.
   * @default Gatelodge
   * @example Acme Books
   */
  siteName?: Input['siteName'] | undefined
  /**
   * An address for users who need help, shown at the bottom of every page and email. Replies to emails go there. Default: none.
   *
   * An email address.
   * @example help@example.org
   */
  supportEmail?: Input['supportEmail'] | undefined
  /**
   * The logo of your site: a file that is read at start. It is shown before the name on every page, and in the browser tab. Emails carry a PNG or JPEG of 64 KiB at most; with any other logo they show the name alone. Default: the logo of Gatelodge.
   *
   * @example /etc/gatelodge/logo.svg
   */
  siteLogo?: Input['siteLogo'] | undefined
  /**
   * The colour of buttons and links. A second colour, after a comma, is for dark screens; without it, it is made from the first. The colour must be readable on white. If it is not, the start fails and suggests a similar one. Default: the green of Gatelodge.
   *
   * @example #7a1f4b
   */
  brandColor?: Input['brandColor'] | undefined
  /**
   * Your own style sheet, read at start. Browsers load it after the style sheet of Gatelodge, so your rules win: `:root { --radius: 0 }`. The variables at the top of the style sheet of Gatelodge are the theme. Images must come from this site, and fonts are not loaded. Default: none.
   *
   * @example /etc/gatelodge/own.css
   */
  css?: Input['css'] | undefined
  /**
   * Text overrides: your own texts for pages and emails, by key, in ICU MessageFormat with the same arguments. A JSON file that is read at start, or an object in code. `gatelodge words` prints all texts. Default: the built-in texts.
   *
   * @default the built-in texts
   * @example /etc/gatelodge/words.json
   */
  words?: Input['words'] | undefined
  /**
   * The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. Of a cluster, name up to 9 hosts, `host1,host2:3307,[::1]`: the one that takes writes is found. `sqlite::memory:` is for tests: it keeps everything in memory until the process ends. `DATABASE_URL` also works. In the user and the password, write `@`, `:`, `/`, `?`, `#` and `%` as `%40`, `%3A`, `%2F`, `%3F`, `%23` and `%25`. `?tls=required` encrypts the connection and checks the certificate. In production a server on another machine needs that, or `?tls=off` if the network is yours. Default: an SQLite file in the data folder.
   *
   * A URL.
   * @example mysql://gatelodge:password@127.0.0.1:3306/gatelodge
   */
  databaseUrl?: Input['databaseUrl'] | undefined
  /**
   * The largest number of open connections to MySQL, to each host.
   *
   * A whole number from 1 to 500.
   * @default 10
   * @example 20
   */
  databaseConnections?: Input['databaseConnections'] | undefined
  /**
   * How long to wait for a connection, for one statement, or for the tables to be created. After that, people see a page that says that the database is not available.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 5s
   * @example 3s
   */
  databaseTimeout?: Input['databaseTimeout'] | undefined
  /**
   * Bring the tables up to date at start. Turn it off if `gatelodge migrate up` does this with another database user.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  migrate?: Input['migrate'] | undefined
  /**
   * The folder for the SQLite file and for the secret that is created at the first start. A new folder gets a `.gitignore`, so that neither is committed.
   *
   * One line of text, at most 1000 characters.
   * @default data
   * @example /var/lib/gatelodge
   */
  dataDir?: Input['dataDir'] | undefined
  /**
   * Protects cookies and form tokens: 32 or more random characters. To change it without logging people out, give several, separated by commas: the first protects new values, and all are accepted. Default: created at the first start and kept in the data folder with mode 600.
   *
   * @example the output of: openssl rand -base64 48
   */
  secret?: Input['secret'] | undefined
  /**
   * How long the record of logins, changes and failed attempts is kept. Half a year covers what people ask about later.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 180d
   * @example 90d
   */
  auditRetention?: Input['auditRetention'] | undefined
  /**
   * `instant`: a new user is logged in immediately, and the form says when an address is taken. `confirm-first`: the page gives the same answer for every address. The email says the rest, and the button behind its link creates the account. `invitation`: only people with an invitation can register; its form is as with `instant`. `closed`: nobody can register, not even with an invitation.
   *
   * One of `instant`, `confirm-first`, `invitation`, `closed`.
   * @default instant
   * @example confirm-first
   */
  registration?: Input['registration'] | undefined
  /**
   * More fields for the registration form, in this order: a list of `{ name, label, type, required }`. `type` is `text` (with `maxLength`), `checkbox` (such as terms of use, with `link: { href, text }`) or `select` (with `options`). Each may have a `hint`. Write it as JSON in a variable or flag. Default: only name, address and password.
   *
   * @default none
   * @example [{"name": "company", "label": "Company", "type": "text", "required": true}]
   */
  fields?: Input['fields'] | undefined
  /**
   * Users must verify their email address before they can log in. Sessions of users who have not done so end.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  requireVerifiedEmail?: Input['requireVerifiedEmail'] | undefined
  /**
   * Two-factor authentication: a code from an authenticator app besides the password. `optional`: users can set it up for their account. `required`: users without it must set it up at the next login. If the site sends emails, they must verify their address first. `off`: nobody can set it up; accounts that already have it are still asked for a code.
   *
   * One of `off`, `optional`, `required`.
   * @default optional
   * @example required
   */
  secondFactor?: Input['secondFactor'] | undefined
  /**
   * Other origins that may use the passkeys of this site, separated by commas: the same site at another domain (browsers ask `/.well-known/webauthn` for them), or an Android app as `android:apk-key-hash:…`. Passkeys are made for the host of `baseUrl`. Default: none, this site only.
   *
   * Origins, separated by commas, or an array of them.
   * @default none
   * @example https://example.net
   */
  passkeyOrigins?: Input['passkeyOrigins'] | undefined
  /**
   * How long a link works that verifies an address or creates an account.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1d
   * @example 48h
   */
  verifyLinkLife?: Input['verifyLinkLife'] | undefined
  /**
   * How long a link works that sets a new password.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1h
   * @example 30m
   */
  resetLinkLife?: Input['resetLinkLife'] | undefined
  /**
   * How long an invitation works, unless it says otherwise.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 7d
   * @example 30d
   */
  invitationLife?: Input['invitationLife'] | undefined
  /**
   * Administrators may copy a link that sets a new password, to pass it on where no email arrives. Off: the link is only sent to the owner by email. The link of an administrator is never shown.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  copyResetLinks?: Input['copyResetLinks'] | undefined
  /**
   * How long a user can restore a deleted account. During this time nobody can log in to it. Then all its rows are deleted. `0s`: they are deleted immediately.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 14d
   * @example 30d
   */
  deletionDelay?: Input['deletionDelay'] | undefined
  /**
   * Providers that people can log in with, in the order of their buttons: a list of `{ name, clientId, clientSecret }`. `name` is `google`, `github`, `gitlab`, `microsoft` or `apple`; any other name also needs `issuer`, the address of a provider that speaks OpenID Connect. See docs/integrating/providers.md for the rest. Default: none.
   *
   * @default none
   * @example [{"name": "work", "label": "Acme", "issuer": "https://id.example.org", "clientId": "…", "clientSecret": "…"}]
   */
  connections?: Input['connections'] | undefined
  /**
   * Whether the buttons of these providers are below or above the form for address and password.
   *
   * One of `below`, `above`.
   * @default below
   * @example above
   */
  connectionButtons?: Input['connectionButtons'] | undefined
  /**
   * Where native apps may have the browser sent back to after a login by a provider, separated by commas: an https address that the app has claimed, or a scheme of its own. Default: none.
   *
   * Addresses, separated by commas, or an array of them.
   * @default none
   * @example org.example.app:/login-done
   */
  appRedirects?: Input['appRedirects'] | undefined
  /**
   * The client ID that Google gave to your site. With its secret, people can log in with Google. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 1234-abcd.apps.googleusercontent.com
   */
  googleClientId?: Input['googleClientId'] | undefined
  /**
   * The client secret that Google gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  googleClientSecret?: Input['googleClientSecret'] | undefined
  /**
   * The client ID that GitHub gave to your site. With its secret, people can log in with GitHub. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example Iv1.0123456789abcdef
   */
  githubClientId?: Input['githubClientId'] | undefined
  /**
   * The client secret that GitHub gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  githubClientSecret?: Input['githubClientSecret'] | undefined
  /**
   * The client ID that GitLab gave to your site. With its secret, people can log in with GitLab. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 0123456789abcdef
   */
  gitlabClientId?: Input['gitlabClientId'] | undefined
  /**
   * The client secret that GitLab gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  gitlabClientSecret?: Input['gitlabClientSecret'] | undefined
  /**
   * The client ID that Microsoft gave to your site. With its secret, people can log in with Microsoft. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example 00000000-0000-0000-0000-000000000000
   */
  microsoftClientId?: Input['microsoftClientId'] | undefined
  /**
   * The client secret that Microsoft gave to your site. Default: none.
   *
   * @example a file: GATELODGE_…_CLIENT_SECRET_FILE
   */
  microsoftClientSecret?: Input['microsoftClientSecret'] | undefined
  /**
   * The client ID that Apple gave to your site. With its secret, people can log in with Apple. Default: none.
   *
   * One line of text, at most 500 characters.
   * @example org.example.accounts
   */
  appleClientId?: Input['appleClientId'] | undefined
  /**
   * The client secret for Apple: a JWT that you sign with your key and that works for six months at most. With `connections` you give the key instead, and Gatelodge signs a new one whenever it needs it. Default: none.
   *
   * @example a file: GATELODGE_APPLE_CLIENT_SECRET_FILE
   */
  appleClientSecret?: Input['appleClientSecret'] | undefined
  /**
   * The mail server: `smtp://user:password@host:587` (STARTTLS is required) or `smtps://user:password@host:465`. Only a server on this machine may be used without TLS. Default: none. In development on this machine, emails then appear at `/dev/mailbox`. Elsewhere everything that needs email is turned off, and the pages say so.
   *
   * A URL.
   * @example smtp://gatelodge:password@mail.example.org:587
   */
  smtpUrl?: Input['smtpUrl'] | undefined
  /**
   * The host name that Gatelodge gives to the mail server (EHLO, RFC 5321). Some servers refuse a name that is not in the DNS. Default: the host of `baseUrl`.
   *
   * A host name.
   * @example accounts.example.org
   */
  smtpEhloName?: Input['smtpEhloName'] | undefined
  /**
   * The sender of emails, with or without a name: `Acme Books <hello@example.org>`. Without a name, `siteName` is used. Required with `smtpUrl`. Default in development: `no-reply@localhost`.
   *
   * An email address, or `Name <address>`.
   * @example hello@example.org
   */
  mailFrom?: Input['mailFrom'] | undefined
  /**
   * How many emails an hour people can request for one email address. After that no email is sent: a request to reset a password gets the usual answer, and a request to send an email again gets 429.
   *
   * A whole number from 1 to 1000.
   * @default 3
   * @example 5
   */
  emailsPerAddressHour?: Input['emailsPerAddressHour'] | undefined
  /**
   * The same limit for 24 hours.
   *
   * A whole number from 1 to 1000.
   * @default 8
   * @example 20
   */
  emailsPerAddressDay?: Input['emailsPerAddressDay'] | undefined
  /**
   * How many such emails an hour one IP address can request (for IPv6: its /64 network).
   *
   * A whole number from 1 to 100000.
   * @default 20
   * @example 100
   */
  emailsPerClient?: Input['emailsPerClient'] | undefined
  /**
   * The minimum length of a new password, in characters (Unicode code points). NIST SP 800-63B-4 asks for 15 where a password is the only factor; 8 is the minimum of OWASP ASVS and what people expect.
   *
   * A whole number from 8 to 64.
   * @default 8
   * @example 15
   */
  passwordMinLength?: Input['passwordMinLength'] | undefined
  /**
   * A server that is asked whether a new password was in a known data breach. It must support the range protocol of "Pwned Passwords": it receives five characters of a SHA-1 hash, never the password. If it does not answer within a second, the password is accepted and the log says so. Default: no server is asked. The built-in list is always checked.
   *
   * An https address.
   * @example https://api.pwnedpasswords.com/range/
   */
  breachCheckUrl?: Input['breachCheckUrl'] | undefined
  /**
   * Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are replaced when their owners log in.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 19MiB
   * @example 46MiB
   */
  hashMemory?: Input['hashMemory'] | undefined
  /**
   * The number of passes over that memory.
   *
   * A whole number from 1 to 20.
   * @default 2
   * @example 1
   */
  hashPasses?: Input['hashPasses'] | undefined
  /**
   * How many passwords are hashed at the same time. Default: one fewer than there are processor cores, so that pages stay fast while many people log in.
   *
   * A whole number from 1 to 64.
   * @default cores - 1
   * @example 2
   */
  hashParallel?: Input['hashParallel'] | undefined
  /**
   * How many more passwords may wait to be hashed. If the queue is full, people are asked immediately to try again in a moment (503).
   *
   * A whole number from 0 to 10000.
   * @default 200
   * @example 50
   */
  hashQueue?: Input['hashQueue'] | undefined
  /**
   * How long a password may wait to be hashed. After that, people get the same answer.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10s
   * @example 5s
   */
  hashWait?: Input['hashWait'] | undefined
  /**
   * A session ends after this time without use.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 12h
   * @example 30m
   */
  sessionIdle?: Input['sessionIdle'] | undefined
  /**
   * The same, for users who ticked "Keep me logged in".
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 30d
   * @example 14d
   */
  sessionIdleRemembered?: Input['sessionIdleRemembered'] | undefined
  /**
   * A session ends this long after it started, even if it is in use.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 90d
   * @example 30d
   */
  sessionAge?: Input['sessionAge'] | undefined
  /**
   * Whether `Authorization: Bearer` with a session token of the API counts as logged in for your app: behind `upstream`, at `/forward-auth` and `/auth-request`, and in the guards and `session()` of an app that embeds Gatelodge. It is never accepted together with the session cookie. If off, only the API accepts it. Needs `api`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  bearer?: Input['bearer'] | undefined
  /**
   * How many wrong passwords for one account (or for an address without an account) cost no wait. Each further one adds a wait. A device on which the owner has logged in before is counted separately, so that strangers cannot keep the owner out. Wrong passwords at a change of password count too.
   *
   * A whole number from 1 to 100.
   * @default 5
   * @example 10
   */
  loginFreeFailures?: Input['loginFreeFailures'] | undefined
  /**
   * The first wait after too many wrong passwords. Each further wrong password doubles it.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1s
   * @example 5s
   */
  loginFirstWait?: Input['loginFirstWait'] | undefined
  /**
   * The longest such wait. With 15 minutes, a guesser has about 100 tries a day.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15m
   * @example 30m
   */
  loginLongestWait?: Input['loginLongestWait'] | undefined
  /**
   * After this time without a wrong password, the earlier ones no longer count.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1d
   * @example 12h
   */
  loginFailuresForgotten?: Input['loginFailuresForgotten'] | undefined
  /**
   * How many wrong passwords one IP address (for IPv6: its /64 network) may send in `loginAddressWindow`, for all accounts together. A successful login does not reset the count.
   *
   * A whole number from 1 to 100000.
   * @default 30
   * @example 100
   */
  loginFailuresPerAddress?: Input['loginFailuresPerAddress'] | undefined
  /**
   * The period for `loginFailuresPerAddress`. It starts at the first wrong password. After too many, the IP address must wait until the period ends.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10m
   * @example 30m
   */
  loginAddressWindow?: Input['loginAddressWindow'] | undefined
  /**
   * How many registrations are allowed from one IP address in `registrationsWindow`. An attempt with a taken email address counts too. A whole school may share one IP address.
   *
   * A whole number from 1 to 100000.
   * @default 60
   * @example 200
   */
  registrationsPerAddress?: Input['registrationsPerAddress'] | undefined
  /**
   * The period for `registrationsPerAddress`. It starts at the first registration.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1h
   * @example 24h
   */
  registrationsWindow?: Input['registrationsWindow'] | undefined
  /**
   * In `production`, Gatelodge refuses to start with settings that are not safe on a network, and logs JSON. `NODE_ENV=production` also works.
   *
   * One of `development`, `production`.
   * @default development
   * @example production
   */
  mode?: Input['mode'] | undefined
  /**
   * The lowest level of events that are logged.
   *
   * One of `debug`, `info`, `warn`, `error`, `silent`.
   * @default info
   * @example warn
   */
  logLevel?: Input['logLevel'] | undefined
  /**
   * The port of `/metrics`, for Prometheus, on a listener of its own. 0 takes any free port. Only `gatelodge serve` has it. Default: none, and nothing is counted.
   *
   * A whole number from 0 to 65535.
   * @default none
   * @example 9464
   */
  metricsPort?: Input['metricsPort'] | undefined
  /**
   * The IP address of that listener. It asks for no password: choose an address that only your Prometheus reaches. The default is reachable from this machine only.
   *
   * An IP address or a host name.
   * @default 127.0.0.1
   * @example 10.0.0.5
   */
  metricsHost?: Input['metricsHost'] | undefined
}
