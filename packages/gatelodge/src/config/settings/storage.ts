// What is kept, and where.
import { days, seconds } from '../../time.ts'
import { databaseAddress } from '../addresses.ts'
import { duration, oneLine, secretList, wholeNumber, yesOrNo } from '../values.ts'

export const storage = {
  databaseUrl: databaseAddress.optional().meta({
    description:
      'The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. ' +
      'Of a cluster, name up to 9 hosts, `host1,host2:3307,[::1]`: the one that takes writes is found. `sqlite::memory:` is for tests: it keeps everything in memory until the process ends. `DATABASE_URL` also works. In the user ' +
      'and the password, write `@`, `:`, `/`, `?`, `#` and `%` as `%40`, `%3A`, `%2F`, `%3F`, `%23` and `%25`. `?tls=required` ' +
      'encrypts the connection and checks the certificate. In production a server on another machine needs that, or `?tls=off` if ' +
      'the network is yours. Default: an SQLite file in the data folder.',
    example: 'mysql://gatelodge:password@127.0.0.1:3306/gatelodge',
    secret: true,
  }),
  databaseConnections: wholeNumber(1, 500).default(10).meta({
    description: 'The largest number of open connections to MySQL, to each host.',
    example: '20',
  }),
  databaseTimeout: duration(seconds(0.1), seconds(60))
    .default(seconds(5))
    .meta({
      description:
        'How long to wait for a connection, for one statement, or for the tables to be created. After that, people see a page that ' +
        'says that the database is not available.',
      example: '3s',
    }),
  migrate: yesOrNo.default(true).meta({
    description:
      'Bring the tables up to date at start. Turn it off if `gatelodge migrate up` does this with another database user.',
    example: 'false',
  }),
  dataDir: oneLine(1_000)
    .default('data')
    .meta({
      description:
        'The folder for the SQLite file and for the secret that is created at the first start. A new folder gets a `.gitignore`, so ' +
        'that neither is committed.',
      example: '/var/lib/gatelodge',
    }),
  secret: secretList.optional().meta({
    description:
      'Protects cookies and form tokens: 32 or more random characters. To change it without logging people out, give several, ' +
      'separated by commas: the first protects new values, and all are accepted. Default: created at the first start and kept in the ' +
      'data folder with mode 600.',
    example: 'the output of: openssl rand -base64 48',
    secret: true,
  }),
  auditRetention: duration(days(1), days(3650)).default(days(180)).meta({
    description:
      'How long the record of logins, changes and failed attempts is kept. Half a year covers what people ask about later.',
    example: '90d',
  }),
}
