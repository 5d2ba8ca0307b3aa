// What is kept, and where.
import { days, seconds } from '../../time.ts'
import { databaseAddress } from '../addresses.ts'
import { duration, oneLine, secretList, wholeNumber, yesOrNo } from '../values.ts'

export const storage = {
  databaseUrl: databaseAddress.optional().meta({
    description:
      'The database: `mysql://user:password@host:3306/name` (MySQL 8.0 to 9.x, MariaDB 10.6 and later) or `sqlite:path/to/file`. ' +
      '`sqlite::memory:` keeps everything in memory and forgets it when the process ends, for tests. `DATABASE_URL` also works. In the user and in ' +
      'the password `@`, `:`, `/`, `?`, `#` and `%` are written `%40`, `%3A`, `%2F`, `%3F`, `%23` and `%25`. `?tls=required` encrypts the way to it and checks its certificate; in production a server on another ' +
      'machine needs that, or `?tls=off` where the network is yours. Default: an SQLite file in the data folder.',
    example: 'mysql://gatelodge:password@127.0.0.1:3306/gatelodge',
    secret: true,
  }),
  databaseConnections: wholeNumber(1, 500).default(10).meta({
    description: 'How many connections to MySQL are open at most.',
    example: '20',
  }),
  databaseTimeout: duration(seconds(0.1), seconds(60)).default(seconds(5)).meta({
    description:
      'How long to wait for a connection, for one statement, or for the first tables to be made, before a person gets the page that says so.',
    example: '3s',
  }),
  migrate: yesOrNo.default(true).meta({
    description:
      'Bring the tables up to date at start. Switch it off where `gatelodge migrate up` does it with another database user.',
    example: 'false',
  }),
  dataDir: oneLine(1_000).default('data').meta({
    description:
      'The folder for the SQLite file and for the secret that the first start makes. A new one gets a `.gitignore`, so that neither is committed.',
    example: '/var/lib/gatelodge',
  }),
  secret: secretList.optional().meta({
    description:
      'Seals cookies and form tokens: 32 characters or more, random. Several, separated by commas, rotate: the first seals, all open. ' +
      'Default: made at the first start and kept in the data folder with mode 600.',
    example: 'the output of: openssl rand -base64 48',
    secret: true,
  }),
  auditRetention: duration(days(1), days(3650)).default(days(180)).meta({
    description:
      'How long the record of log-ins, changes and refused tries is kept. Half a year covers what people ask about later.',
    example: '90d',
  }),
}
