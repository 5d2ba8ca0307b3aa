// Every setting there is: what it does, its unit, its default and the reason for it. docs/configuration.md is written
// from this file, and a check keeps it so.
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { days, hours, minutes, seconds } from '../time.ts'
import { brandColor, ownFile } from './look.ts'
import { ownFields } from './own-fields.ts'
import { ownWords } from './own-words.ts'
import {
  bytes,
  databaseAddress,
  domainName,
  duration,
  hostList,
  httpOrigin,
  networkList,
  pathList,
  pathPrefix,
  rangeAddress,
  secretList,
  smtpAddress,
} from './values.ts'

export const schema = z
  .object({
    host: z.string().min(1).default('127.0.0.1').meta({
      description: 'The network address to listen on. The default is reachable from this machine only.',
      example: '0.0.0.0',
    }),
    port: z.coerce.number().int().min(0).max(65_535).default(3000).meta({
      description: 'The port to listen on; 0 takes any free one. `PORT` is heard too.',
      example: '8080',
    }),
    baseUrl: httpOrigin.optional().meta({
      description:
        'Where people reach the site: scheme, host and port, nothing behind them. Forms are accepted from this origin only. ' +
        'Default: `http://localhost` with the port.',
      example: 'https://accounts.example.org',
    }),
    basePath: pathPrefix.default('').meta({
      description:
        'Everything of Gatelodge stands below this path: pages, files, links in letters, `/health/…` too. All other addresses of the host are the ' +
        'app’s, `/login` among them. Default: none.',
      example: '/auth',
      defaultText: 'none',
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
        'gets the cookie and could plant one of its own, and the cookie loses its `__Host-` prefix. Name it only where all of them are yours. ' +
        'Default: this host only.',
      example: 'example.org',
    }),
    upstream: httpOrigin.optional().meta({
      description:
        'The app that Gatelodge stands in front of: scheme, host and port. Every address that is not one of its own goes there, with the account ' +
        'in `Remote-User`, `Remote-Email` and `Remote-Name`. The app must be reachable through Gatelodge only. Default: none.',
      example: 'http://localhost:5000',
    }),
    public: pathList.default([]).meta({
      description:
        'Paths of the app that need no login, separated by commas: `/` is that page alone, `/assets/*` all below it. Default: none.',
      example: '/, /assets/*',
      defaultText: 'none',
    }),
    identityHeaders: z
      .enum(['remote', 'all'])
      .default('remote')
      .meta({
        description:
          'Which names tell the app who asks. `remote`: `Remote-User` and its like. `all`: `X-Auth-Request-User` and `X-Forwarded-User` and their ' +
          'like as well. All of them are taken off what comes from outside, whatever is set here.',
        example: 'all',
      }),
    identityToken: z
      .union([z.boolean(), z.stringbool()])
      .default(false)
      .meta({
        description:
          'Tells the app who asks in `Remote-Token` as well: a signed JWT (EdDSA, 60 seconds), for apps that will not believe a plain header. ' +
          'The keys to check it with are at `/.well-known/jwks.json`.',
        example: 'true',
      }),
    identityTokenAudience: z.string().min(1).max(200).optional().meta({
      description: 'Whom that token is for (`aud`): the app takes no other. Default: `baseUrl`.',
      example: 'https://app.example.org',
    }),
    upstreamTimeout: duration(seconds(1), hours(1)).default(seconds(60)).meta({
      description: 'How long the app may be silent before it answers. Once it does, it may take its time.',
      example: '5m',
    }),
    upstreamRecheck: duration(seconds(1), hours(1)).default(seconds(15)).meta({
      description:
        'What the app keeps open (web sockets, event streams) ends so long after its session at the latest: the session is looked up again and again.',
      example: '5s',
    }),
    siteName: z.string().trim().min(1).max(60).default('Gatelodge').meta({
      description: 'The name of your site, as people read it on every page and in every letter.',
      example: 'Acme Books',
    }),
    supportEmail: z.email().optional().meta({
      description:
        'An address for people who need help, shown at the foot of every page and letter. Answers to letters go there.',
      example: 'help@example.org',
    }),
    databaseUrl: databaseAddress.optional().meta({
      description:
        'The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. ' +
        '`DATABASE_URL` is heard too. `?tls=required` encrypts the way to it and checks its certificate; in production a server on another ' +
        'machine needs that, or `?tls=off` where the network is yours. Default: an SQLite file in the data folder.',
      example: 'mysql://gatelodge:password@127.0.0.1:3306/gatelodge',
      secret: true,
    }),
    databaseConnections: z.coerce.number().int().min(1).max(500).default(10).meta({
      description: 'How many connections to MySQL are open at most.',
      example: '20',
    }),
    databaseTimeout: duration(seconds(0.1), seconds(60)).default(seconds(5)).meta({
      description: 'How long to wait for a connection or for one statement before a person gets the page that says so.',
      example: '3s',
    }),
    dataDir: z.string().min(1).default('data').meta({
      description: 'The folder for the SQLite file and for the secret that the first start makes.',
      example: '/var/lib/gatelodge',
    }),
    secret: secretList.optional().meta({
      description:
        'Seals cookies and form tokens: 32 characters or more, random. Several, separated by commas, rotate: the first seals, all open. ' +
        'Default: made at the first start and kept in the data folder with mode 600.',
      example: 'the output of: openssl rand -base64 48',
      secret: true,
    }),
    registration: z
      .enum(['instant', 'confirm-first', 'closed'])
      .default('instant')
      .meta({
        description:
          '`instant`: whoever registers is logged in at once, and a taken address is said at the field. `confirm-first`: one answer whatever the ' +
          'address; a letter tells the rest, and the account starts at the button behind its link. `closed`: nobody new may register.',
        example: 'confirm-first',
      }),
    smtpUrl: smtpAddress.optional().meta({
      description:
        'The server that takes letters: `smtp://user:password@host:587` (STARTTLS is demanded) or `smtps://user:password@host:465`. Only a server ' +
        'on this machine may go without TLS. Default: none. In development on this machine letters then appear at `/dev/mailbox`; elsewhere ' +
        'all that needs letters is switched off, and the pages say so.',
      example: 'smtp://gatelodge:password@mail.example.org:587',
      secret: true,
    }),
    mailFrom: z.email().optional().meta({
      description:
        'The address that letters come from; the name beside it is `siteName`. Needed with `smtpUrl`. Default in development: `no-reply@localhost`.',
      example: 'hello@example.org',
    }),
    requireVerifiedEmail: z.union([z.boolean(), z.stringbool()]).default(false).meta({
      description: 'Nobody is let in before they have confirmed their address. Sessions of others end.',
      example: 'true',
    }),
    verifyLinkLife: duration(minutes(5), days(30)).default(hours(24)).meta({
      description: 'How long a link works that confirms an address or starts an account.',
      example: '48h',
    }),
    resetLinkLife: duration(minutes(5), hours(24)).default(hours(1)).meta({
      description: 'How long a link works that sets a new password.',
      example: '30m',
    }),
    lettersPerAddressHour: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(3)
      .meta({
        description:
          'So many letters an hour go to one address because somebody asked for them. Beyond it no letter leaves: a forgotten password is answered ' +
          'as always, a letter sent again with 429.',
        example: '5',
      }),
    lettersPerAddressDay: z.coerce.number().int().min(1).max(1_000).default(8).meta({
      description: 'The same for 24 hours.',
      example: '20',
    }),
    lettersPerClient: z.coerce.number().int().min(1).max(100_000).default(20).meta({
      description: 'So many such letters an hour may be asked for from one client address (for IPv6 its /64 network).',
      example: '100',
    }),
    deletionDelay: duration(0, days(90)).default(days(14)).meta({
      description:
        'How long somebody who deleted their account can come back. It is closed meanwhile; then every row of it goes. `0s`: at once.',
      example: '30d',
    }),
    passwordMinLength: z.coerce
      .number()
      .int()
      .min(8)
      .max(64)
      .default(8)
      .meta({
        description:
          'The fewest characters (Unicode code points) a new password may have. NIST SP 800-63B-4 asks for 15 where a password is the only ' +
          'factor; 8 is the floor of OWASP ASVS and what people expect.',
        example: '15',
      }),
    breachCheckUrl: rangeAddress.optional().meta({
      description:
        'A server that is asked whether a new password was in a known breach: it speaks the range protocol of "Pwned Passwords" and gets five ' +
        'characters of a SHA-1, never the password. Where it does not answer within a second, the password is taken and the log says so. ' +
        'Default: nobody is asked; the list that comes along is always looked at.',
      example: 'https://api.pwnedpasswords.com/range/',
    }),
    sessionIdle: duration(minutes(5), days(90)).default(hours(12)).meta({
      description: 'A session ends when nobody used it for this long.',
      example: '30m',
    }),
    sessionIdleRemembered: duration(minutes(5), days(365)).default(days(30)).meta({
      description: 'The same, for people who ticked "Keep me logged in".',
      example: '14d',
    }),
    sessionAge: duration(minutes(5), days(365)).default(days(90)).meta({
      description: 'A session ends this long after it began, however much it is used.',
      example: '30d',
    }),
    trustedProxies: networkList.default([]).meta({
      description:
        'The addresses or networks (CIDR) of your own proxies, separated by commas. Only what they say in `X-Forwarded-For` or `Forwarded` about ' +
        'who is calling is believed, read from the right; so name no network with people in it. Default: none, the caller is whoever ' +
        'holds the connection.',
      example: '127.0.0.1, 10.0.0.0/8',
      defaultText: 'none',
    }),
    loginFreeFailures: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .default(5)
      .meta({
        description:
          'So many wrong passwords for one account (or for an address that nobody has) are free; then each costs a wait. A device on which its ' +
          'owner has logged in before is counted by itself, so that strangers cannot keep them out. Changing the password counts likewise.',
        example: '10',
      }),
    loginFirstWait: duration(seconds(1), minutes(15)).default(seconds(1)).meta({
      description: 'The first such wait. Each further wrong password doubles it.',
      example: '5s',
    }),
    loginLongestWait: duration(seconds(1), hours(24)).default(minutes(15)).meta({
      description: 'The longest such wait: 15 minutes leave a guesser some 100 tries a day.',
      example: '30m',
    }),
    loginFailuresForgotten: duration(minutes(1), days(30)).default(hours(24)).meta({
      description: 'Wrong passwords for an account are forgotten after this time without another.',
      example: '12h',
    }),
    loginFailuresPerAddress: z.coerce.number().int().min(1).max(100_000).default(30).meta({
      description:
        'So many wrong passwords from one client address (for IPv6 its /64 network), whatever the accounts; no success clears them.',
      example: '100',
    }),
    loginAddressWindow: duration(minutes(1), hours(24)).default(minutes(10)).meta({
      description: 'Within this time, counted from the first of them; beyond it that address waits for the rest of it.',
      example: '30m',
    }),
    registrationsPerAddress: z.coerce.number().int().min(1).max(100_000).default(60).meta({
      description:
        'So many registrations from one client address; a try with an address that is taken counts too. A whole school may sit behind one address.',
      example: '200',
    }),
    registrationsWindow: duration(minutes(1), days(7)).default(hours(1)).meta({
      description: 'Within this time, counted from the first of them.',
      example: '24h',
    }),
    auditRetention: duration(days(1), days(3650)).default(days(180)).meta({
      description:
        'How long the record of log-ins, changes and refused tries is kept. Half a year covers what people ask about later.',
      example: '90d',
    }),
    hashMemory: bytes(7 * 1024 ** 2, 1024 ** 3)
      .default(19 * 1024 ** 2)
      .meta({
        description:
          'Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are renewed when ' +
          'their owner logs in.',
        example: '46MiB',
      }),
    hashPasses: z.coerce.number().int().min(1).max(20).default(2).meta({
      description: 'Passes over that memory.',
      example: '1',
    }),
    hashParallel: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .default(Math.max(1, availableParallelism() - 1))
      .meta({
        description:
          'How many passwords are hashed at the same moment. Default: one fewer than there are processor cores, so that pages stay quick ' +
          'while many people log in.',
        defaultText: 'cores - 1',
        example: '2',
      }),
    hashQueue: z.coerce.number().int().min(0).max(10_000).default(200).meta({
      description:
        'How many more may wait for their turn. Beyond it people are asked at once to try again in a moment (503).',
      example: '50',
    }),
    hashWait: duration(seconds(0.1), seconds(60)).default(seconds(10)).meta({
      description: 'How long one of them may wait before it is asked the same.',
      example: '5s',
    }),
    bodyLimit: bytes(1024, 1024 ** 2)
      .default(64 * 1024)
      .meta({
        description: 'The largest form that is read. Ours need less than 4 KiB.',
        example: '32KiB',
      }),
    migrate: z.union([z.boolean(), z.stringbool()]).default(true).meta({
      description:
        'Bring the tables up to date at start. Switch it off where `gatelodge migrate up` does it with another database user.',
      example: 'false',
    }),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
      description: 'The least grave event that is logged.',
      example: 'warn',
    }),
    mode: z.enum(['development', 'production']).default('development').meta({
      description:
        'In `production` Gatelodge refuses to start with settings that are not safe on a network, and logs as JSON. `NODE_ENV` is heard too.',
      example: 'production',
    }),
    api: z
      .union([z.boolean(), z.stringbool()])
      .default(true)
      .meta({
        description:
          'Whether programs may ask at `/api/v1`, and read about it at `/api`. Switch it off where nobody does, or where the app that Gatelodge ' +
          'stands in front of, or inside of, has these addresses.',
        example: 'false',
      }),
    fields: ownFields.default([]).meta({
      description:
        'More fields for the registration form, in their order: a list of `{ name, label, type, required }` with `type` `text` (`maxLength`), ' +
        '`checkbox` (such as terms of use, with `link: { href, text }`) or `select` (`options`), and `hint`. As JSON in a variable or flag. ' +
        'Default: name, address and password are all.',
      example: '[{"name": "company", "label": "Company", "type": "text", "required": true}]',
      defaultText: 'none',
    }),
    siteLogo: ownFile(['.svg', '.png', '.webp', '.jpg'], 200 * 1024)
      .optional()
      .meta({
        description:
          'A picture that stands before the name of your site on every page, and in the browser’s tab: a file, read at start. Default: our mark.',
        example: '/etc/gatelodge/logo.svg',
      }),
    brandColor: brandColor.optional().meta({
      description:
        'The colour of buttons and links; a second one, behind a comma, is for dark screens (made from the first where it is missing). ' +
        'It must be readable on white, and the start tells a near one where it is not. Default: our green.',
      example: '#7a1f4b',
    }),
    css: ownFile(['.css'], 200 * 1024)
      .optional()
      .meta({
        description:
          'A style sheet of yours, read at start and sent from this site behind ours, so that it has the last word: `:root { --radius: 0 }`. The names ' +
          'on top of ours are the theme. Pictures in it must come from this site; fonts are not loaded. Default: none.',
        example: '/etc/gatelodge/own.css',
      }),
    words: ownWords.default({}).meta({
      description:
        'Words of yours in place of ours on pages and in letters, by key: a file of JSON, read at start, or an object in code, where a function may stand for a ' +
        'function. `gatelodge words` prints all there are. Default: ours.',
      example: '/etc/gatelodge/words.json',
      defaultText: 'ours',
    }),
  })
  .strict()

/** The settings after reading: defaults filled in, durations in milliseconds, sizes in bytes. */
export type Settings = z.output<typeof schema> & { baseUrl: string; databaseUrl: string }

export type SettingName = keyof typeof schema.shape

/** What the schema's meta() carries beside zod's own. */
export interface SettingMeta {
  description: string
  example: string
  secret?: boolean
  defaultText?: string
}

export const settingNames = Object.keys(schema.shape) as SettingName[]

export function metaOf(name: SettingName): SettingMeta {
  return schema.shape[name].meta() as unknown as SettingMeta
}

/** `baseUrl` → `GATELODGE_BASE_URL` */
export function environmentName(name: SettingName): string {
  return `GATELODGE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** `baseUrl` → `--base-url` */
export function flagName(name: SettingName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
