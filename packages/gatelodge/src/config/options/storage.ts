// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface StorageOptions {
  /**
   * The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. Of a cluster, name up to 9 hosts, `host1,host2:3307,[::1]`: the one that takes writes is found. `sqlite::memory:` is for tests: it keeps everything in memory until the process ends. `DATABASE_URL` also works. In the user and the password, write `@`, `:`, `/`, `?`, `#` and `%` as `%40`, `%3A`, `%2F`, `%3F`, `%23` and `%25`. `?tls=required` encrypts the connection and checks the certificate. In production a server on another machine needs that, or `?tls=off` if the network is yours. Default: an SQLite file in the data folder.
   *
   * A URL.
   * @example mysql://gatelodge:password@127.0.0.1:3306/gatelodge
   */
  databaseUrl?: SettingsInput['databaseUrl'] | undefined
  /**
   * The largest number of open connections to MySQL, to each host.
   *
   * A whole number from 1 to 500.
   * @default 10
   * @example 20
   */
  databaseConnections?: SettingsInput['databaseConnections'] | undefined
  /**
   * How long to wait for a connection, for one statement, or for the tables to be created. After that, people see a page that says that the database is not available.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 5s
   * @example 3s
   */
  databaseTimeout?: SettingsInput['databaseTimeout'] | undefined
  /**
   * Bring the tables up to date at start. Turn it off if `gatelodge migrate up` does this with another database user.
   *
   * `true` or `false`.
   * @default true
   * @example false
   */
  migrate?: SettingsInput['migrate'] | undefined
  /**
   * The folder for the SQLite file and for the secret that is created at the first start. A new folder gets a `.gitignore`, so that neither is committed.
   *
   * One line of text, at most 1000 characters.
   * @default data
   * @example /var/lib/gatelodge
   */
  dataDir?: SettingsInput['dataDir'] | undefined
  /**
   * Protects cookies and form tokens: 32 or more random characters. To change it without logging people out, give several, separated by commas: the first protects new values, and all are accepted. Default: created at the first start and kept in the data folder with mode 600.
   *
   * @example the output of: openssl rand -base64 48
   */
  secret?: SettingsInput['secret'] | undefined
  /**
   * How long the record of logins, changes and failed attempts is kept. Half a year covers what people ask about later.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 180d
   * @example 90d
   */
  auditRetention?: SettingsInput['auditRetention'] | undefined
}
