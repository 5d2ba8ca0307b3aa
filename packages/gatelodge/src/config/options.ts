// Written from config/settings/ by `npm run docs`: the settings as code gives them, with what an editor shows of each.
import type { z } from 'zod'
import type { schema } from './schema.ts'

type Input = z.input<typeof schema>

/** Every setting of docs/configuration.md by its name in code. All can be left out. */
export interface SettingOptions {
  /**
   * The network address to listen on. The default is reachable from this machine only.
   *
   * One line of text, at most 253 characters.
   * @default 127.0.0.1
   * @example 0.0.0.0
   */
  host?: Input['host'] | undefined
  /**
   * The port to listen on; 0 takes any free one. `PORT` also works.
   *
   * A whole number from 0 to 65535.
   * @default 3000
   * @example 8080
   */
  port?: Input['port'] | undefined
  /**
   * Where people reach the site: scheme, host and port, nothing behind them. Forms are accepted from this origin only. In production it is needed, unless `host` is reachable from this machine only. Default: `http://localhost` with the port.
   *
   * Scheme, host and port.
   * @example https://accounts.example.org
   */
  baseUrl?: Input['baseUrl'] | undefined
  /**
   * Everything of Gatelodge stands below this path: pages, files, links in emails, `/health/…` too. All other addresses of the host are the app’s, `/login` among them. Default: none.
   *
   * A path.
   * @default none
   * @example /auth
   */
  basePath?: Input['basePath'] | undefined
  /**
   * The addresses or networks (CIDR) of your own proxies, separated by commas. Only what they say in `forwardedHeader` about who is calling is believed, read from the right; so name no network with people in it: one such as `0.0.0.0/0` is refused. Default: none, the caller is anyone who holds the connection.
   *
   * Addresses or networks, separated by commas, or an array of them.
   * @default none
   * @example 127.0.0.1, 10.0.0.0/8
   */
  trustedProxies?: Input['trustedProxies'] | undefined
  /**
   * The one header in which your proxies say who is calling. The other is dropped, anyone who sends it: most proxies pass on the one that they do not write as a visitor has sent it.
   *
   * One of `x-forwarded-for`, `forwarded`.
   * @default x-forwarded-for
   * @example forwarded
   */
  forwardedHeader?: Input['forwardedHeader'] | undefined
  /**
   * Other hosts (with their port, if any) that people may be led back to after logging in, separated by commas: the apps that a proxy guards with `/forward-auth` or `/auth-request`. They are reached by the scheme of `baseUrl`. Default: none, this site only.
   *
   * Host names, separated by commas, or an array of them.
   * @default none
   * @example app.example.org, wiki.example.org
   */
  allowedReturnHosts?: Input['allowedReturnHosts'] | undefined
  /**
   * Lets all hosts below this domain receive the session cookie, so that one login counts for all of them. It costs safety: every subdomain gets the cookie and could plant one of its own, and the cookie loses its `__Host-` prefix. Name it only where all of them are yours; a domain on the public suffix list, such as `co.uk` or `github.io`, is refused. Default: this host only.
   *
   * A domain.
   * @example example.org
   */
  cookieDomain?: Input['cookieDomain'] | undefined
  /**
   * Whether programs may ask at `/api/v1`, and read about it at `/api`. Switch it off where nobody does, or where the app that Gatelodge stands in front of, or inside of, has these addresses.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  api?: Input['api'] | undefined
  /**
   * The largest form that is read. Ours need less than 4 KiB.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 64KiB
   * @example 32KiB
   */
  bodyLimit?: Input['bodyLimit'] | undefined
  /**
   * The app that Gatelodge stands in front of: scheme, host and port. Every address that is not one of its own goes there, with the account in `Remote-User`, `Remote-Email` and `Remote-Name`. The app must be reachable through Gatelodge only. Default: none.
   *
   * Scheme, host and port.
   * @example http://localhost:5000
   */
  upstream?: Input['upstream'] | undefined
  /**
   * Paths of the app that need no login, separated by commas: `/` is that page alone, `/assets/*` all below it. Default: none.
   *
   * @default none
   * @example /, /assets/*
   */
  public?: Input['public'] | undefined
  /**
   * Paths of the app that need a login with a second factor, separated by commas: `/admin` is that page alone, `/admin/*` it and all below it. A path that apps may read in several ways counts as one of them. Default: none.
   *
   * @default none
   * @example /admin/*, /billing
   */
  requireSecondFactor?: Input['requireSecondFactor'] | undefined
  /**
   * Methods that need no login, separated by commas. There is one: `OPTIONS` lets the preflights of CORS pass to the app (with `Origin` and `Access-Control-Request-Method`, without a body), which browsers send without a cookie. The app is named nobody then. Default: none.
   *
   * @default none
   * @example OPTIONS
   */
  publicMethods?: Input['publicMethods'] | undefined
  /**
   * Which names tell the app who asks. `remote`: `Remote-User` and its like. `all`: `X-Auth-Request-User` and `X-Forwarded-User` and their like as well. All of them are taken off what comes from outside, whatever is set here.
   *
   * One of `remote`, `all`.
   * @default remote
   * @example all
   */
  identityHeaders?: Input['identityHeaders'] | undefined
  /**
   * Tells the app who asks in `Remote-Token` as well: a signed JWT (EdDSA, 60 seconds), for apps that will not believe a plain header. The keys to check it with are at `/.well-known/jwks.json`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  identityToken?: Input['identityToken'] | undefined
  /**
   * Whom that token is for (`aud`): the app takes no other. Default: `baseUrl`.
   *
   * One line of text, at most 200 characters.
   * @example https://app.example.org
   */
  identityTokenAudience?: Input['identityTokenAudience'] | undefined
  /**
   * How long the app may be silent before it answers. Once it does, it may take its time.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1m
   * @example 5m
   */
  upstreamTimeout?: Input['upstreamTimeout'] | undefined
  /**
   * What is still open (web sockets, event streams, downloads, uploads) ends so long after its session at the latest: the session is looked up again and again.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15s
   * @example 5s
   */
  upstreamRecheck?: Input['upstreamRecheck'] | undefined
  /**
   * The name of your site, as people read it on every page and in every email.
   *
   * One line of text, at most 60 characters.
   * @default Gatelodge
   * @example Acme Books
   */
  siteName?: Input['siteName'] | undefined
  /**
   * An address for people who need help, shown at the foot of every page and email. Answers to emails go there. Default: none.
   *
   * An email address.
   * @example help@example.org
   */
  supportEmail?: Input['supportEmail'] | undefined
  /**
   * A picture that stands before the name of your site on every page, and in the browser’s tab: a file, read at start. Default: our mark.
   *
   * @example /etc/gatelodge/logo.svg
   */
  siteLogo?: Input['siteLogo'] | undefined
  /**
   * The colour of buttons and links; a second one, behind a comma, is for dark screens (made from the first where it is missing). It must be readable on white, and the start tells a near one where it is not. Default: our green.
   *
   * @example #7a1f4b
   */
  brandColor?: Input['brandColor'] | undefined
  /**
   * A style sheet of yours, read at start and sent from this site behind ours, so that it has the last word: `:root { --radius: 0 }`. The names on top of ours are the theme. Pictures in it must come from this site; fonts are not loaded. Default: none.
   *
   * @example /etc/gatelodge/own.css
   */
  css?: Input['css'] | undefined
  /**
   * Text overrides: texts of yours in place of ours on pages and in emails, by key, in ICU MessageFormat with the same arguments. A file of JSON, read at start, or an object in code. `gatelodge words` prints all there are. Default: ours.
   *
   * @default ours
   * @example /etc/gatelodge/words.json
   */
  words?: Input['words'] | undefined
  /**
   * The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. `sqlite::memory:` keeps everything in memory and forgets it when the process ends, for tests. `DATABASE_URL` also works. In the user and in the password `@`, `:`, `/`, `?`, `#` and `%` are written `%40`, `%3A`, `%2F`, `%3F`, `%23` and `%25`. `?tls=required` encrypts the way to it and checks its certificate; in production a server on another machine needs that, or `?tls=off` where the network is yours. Default: an SQLite file in the data folder.
   *
   * A URL.
   * @example mysql://gatelodge:password@127.0.0.1:3306/gatelodge
   */
  databaseUrl?: Input['databaseUrl'] | undefined
  /**
   * How many connections to MySQL are open at most.
   *
   * A whole number from 1 to 500.
   * @default 10
   * @example 20
   */
  databaseConnections?: Input['databaseConnections'] | undefined
  /**
   * How long to wait for a connection, for one statement, or for the first tables to be made, before a person gets the page that says so.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 5s
   * @example 3s
   */
  databaseTimeout?: Input['databaseTimeout'] | undefined
  /**
   * Bring the tables up to date at start. Switch it off where `gatelodge migrate up` does it with another database user.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  migrate?: Input['migrate'] | undefined
  /**
   * The folder for the SQLite file and for the secret that the first start makes. A new one gets a `.gitignore`, so that neither is committed.
   *
   * One line of text, at most 1000 characters.
   * @default data
   * @example /var/lib/gatelodge
   */
  dataDir?: Input['dataDir'] | undefined
  /**
   * Seals cookies and form tokens: 32 characters or more, random. Several, separated by commas, rotate: the first seals, all open. Default: made at the first start and kept in the data folder with mode 600.
   *
   * @example the output of: openssl rand -base64 48
   */
  secret?: Input['secret'] | undefined
  /**
   * How long the record of log-ins, changes and refused tries is kept. Half a year covers what people ask about later.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 180d
   * @example 90d
   */
  auditRetention?: Input['auditRetention'] | undefined
  /**
   * `instant`: anyone who registers is logged in at once, and a taken address is said at the field. `confirm-first`: one answer whatever the address; an email tells the rest, and the account starts at the button behind its link. `closed`: nobody new may register.
   *
   * One of `instant`, `confirm-first`, `closed`.
   * @default instant
   * @example confirm-first
   */
  registration?: Input['registration'] | undefined
  /**
   * More fields for the registration form, in their order: a list of `{ name, label, type, required }` with `type` `text` (`maxLength`), `checkbox` (such as terms of use, with `link: { href, text }`) or `select` (`options`), and `hint`. As JSON in a variable or flag. Default: name, address and password are all.
   *
   * @default none
   * @example [{"name": "company", "label": "Company", "type": "text", "required": true}]
   */
  fields?: Input['fields'] | undefined
  /**
   * Nobody is let in before they have confirmed their address. Sessions of others end.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  requireVerifiedEmail?: Input['requireVerifiedEmail'] | undefined
  /**
   * Codes of an app besides the password. `optional`: everyone may set them up for their own account. `required`: anyone who has none sets them up at the next login, and, where the site sends emails, confirms the address before. `off`: nobody can add them; an account that has them is still asked.
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
   * How long a link works that confirms an address or starts an account.
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
   * How long someone who deleted their account can come back. It is closed meanwhile; then every row of it goes. `0s`: at once.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 14d
   * @example 30d
   */
  deletionDelay?: Input['deletionDelay'] | undefined
  /**
   * The server that takes emails: `smtp://user:password@host:587` (STARTTLS is demanded) or `smtps://user:password@host:465`. Only a server on this machine may go without TLS. Default: none. In development on this machine emails then appear at `/dev/mailbox`; elsewhere all that needs emails is switched off, and the pages say so.
   *
   * A URL.
   * @example smtp://gatelodge:password@mail.example.org:587
   */
  smtpUrl?: Input['smtpUrl'] | undefined
  /**
   * The name by which Gatelodge greets the mail server (EHLO, RFC 5321). Some servers refuse a name that is not in the DNS. Default: the host of `baseUrl`.
   *
   * A host name.
   * @example accounts.example.org
   */
  smtpEhloName?: Input['smtpEhloName'] | undefined
  /**
   * The address that emails come from, alone or with a name: `Acme Books <hello@example.org>`. Without a name, `siteName` stands beside it. Needed with `smtpUrl`. Default in development: `no-reply@localhost`.
   *
   * An email address, or `Name <address>`.
   * @example hello@example.org
   */
  mailFrom?: Input['mailFrom'] | undefined
  /**
   * So many emails an hour go to one address because someone asked for them. Beyond it no email is sent: a forgotten password is answered as always, an email sent again with 429.
   *
   * A whole number from 1 to 1000.
   * @default 3
   * @example 5
   */
  emailsPerAddressHour?: Input['emailsPerAddressHour'] | undefined
  /**
   * The same for 24 hours.
   *
   * A whole number from 1 to 1000.
   * @default 8
   * @example 20
   */
  emailsPerAddressDay?: Input['emailsPerAddressDay'] | undefined
  /**
   * So many such emails an hour may be asked for from one client address (for IPv6 its /64 network).
   *
   * A whole number from 1 to 100000.
   * @default 20
   * @example 100
   */
  emailsPerClient?: Input['emailsPerClient'] | undefined
  /**
   * The fewest characters (Unicode code points) a new password may have. NIST SP 800-63B-4 asks for 15 where a password is the only factor; 8 is the floor of OWASP ASVS and what people expect.
   *
   * A whole number from 8 to 64.
   * @default 8
   * @example 15
   */
  passwordMinLength?: Input['passwordMinLength'] | undefined
  /**
   * A server that is asked whether a new password was in a known breach: it speaks the range protocol of "Pwned Passwords" and gets five characters of a SHA-1, never the password. Where it does not answer within a second, the password is taken and the log says so. Default: nobody is asked; the list that comes along is always looked at.
   *
   * An https address.
   * @example https://api.pwnedpasswords.com/range/
   */
  breachCheckUrl?: Input['breachCheckUrl'] | undefined
  /**
   * Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are renewed when their owner logs in.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 19MiB
   * @example 46MiB
   */
  hashMemory?: Input['hashMemory'] | undefined
  /**
   * Passes over that memory.
   *
   * A whole number from 1 to 20.
   * @default 2
   * @example 1
   */
  hashPasses?: Input['hashPasses'] | undefined
  /**
   * How many passwords are hashed at the same moment. Default: one fewer than there are processor cores, so that pages stay quick while many people log in.
   *
   * A whole number from 1 to 64.
   * @default cores - 1
   * @example 2
   */
  hashParallel?: Input['hashParallel'] | undefined
  /**
   * How many more may wait for their turn. Beyond it people are asked at once to try again in a moment (503).
   *
   * A whole number from 0 to 10000.
   * @default 200
   * @example 50
   */
  hashQueue?: Input['hashQueue'] | undefined
  /**
   * How long one of them may wait before it is asked the same.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10s
   * @example 5s
   */
  hashWait?: Input['hashWait'] | undefined
  /**
   * A session ends when nobody used it for this long.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 12h
   * @example 30m
   */
  sessionIdle?: Input['sessionIdle'] | undefined
  /**
   * The same, for people who ticked "Keep me logged in".
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 30d
   * @example 14d
   */
  sessionIdleRemembered?: Input['sessionIdleRemembered'] | undefined
  /**
   * A session ends this long after it began, however much it is used.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 90d
   * @example 30d
   */
  sessionAge?: Input['sessionAge'] | undefined
  /**
   * Whether `Authorization: Bearer` with a session token of the API counts as logged in for the app: behind `upstream`, at `/forward-auth` and `/auth-request`, and in the guards and `session()` of an app that holds Gatelodge. Never together with the session cookie. Off: the API alone reads it. Needs `api`.
   *
   * `true` or `false`.
   * @default false
   * @example true
   */
  bearer?: Input['bearer'] | undefined
  /**
   * So many wrong passwords for one account (or for an address that nobody has) are free; then each costs a wait. A device on which its owner has logged in before is counted by itself, so that strangers cannot keep them out. Changing the password counts likewise.
   *
   * A whole number from 1 to 100.
   * @default 5
   * @example 10
   */
  loginFreeFailures?: Input['loginFreeFailures'] | undefined
  /**
   * The first such wait. Each further wrong password doubles it.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1s
   * @example 5s
   */
  loginFirstWait?: Input['loginFirstWait'] | undefined
  /**
   * The longest such wait: 15 minutes leave a guesser some 100 tries a day.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 15m
   * @example 30m
   */
  loginLongestWait?: Input['loginLongestWait'] | undefined
  /**
   * Wrong passwords for an account are forgotten after this time without another.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1d
   * @example 12h
   */
  loginFailuresForgotten?: Input['loginFailuresForgotten'] | undefined
  /**
   * So many wrong passwords from one client address (for IPv6 its /64 network), whatever the accounts; no success clears them.
   *
   * A whole number from 1 to 100000.
   * @default 30
   * @example 100
   */
  loginFailuresPerAddress?: Input['loginFailuresPerAddress'] | undefined
  /**
   * Within this time, counted from the first of them; beyond it that address waits for the rest of it.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10m
   * @example 30m
   */
  loginAddressWindow?: Input['loginAddressWindow'] | undefined
  /**
   * So many registrations from one client address; a try with an address that is taken counts too. A whole school may sit behind one address.
   *
   * A whole number from 1 to 100000.
   * @default 60
   * @example 200
   */
  registrationsPerAddress?: Input['registrationsPerAddress'] | undefined
  /**
   * Within this time, counted from the first of them.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 1h
   * @example 24h
   */
  registrationsWindow?: Input['registrationsWindow'] | undefined
  /**
   * In `production` Gatelodge refuses to start with settings that are not safe on a network, and logs as JSON. `NODE_ENV=production` also works.
   *
   * One of `development`, `production`.
   * @default development
   * @example production
   */
  mode?: Input['mode'] | undefined
  /**
   * The least grave event that is logged.
   *
   * One of `debug`, `info`, `warn`, `error`, `silent`.
   * @default info
   * @example warn
   */
  logLevel?: Input['logLevel'] | undefined
}
