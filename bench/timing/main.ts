// `npm run timing`: whether the time that a refused log-in takes tells why it was refused, and that of "Forgot your
// password?" who has an account (OWASP ASVS V6.3.8).
// docs/security/timing.md tells what came out and how to read it.
import { parseArgs } from 'node:util'
import { openDatabase } from '../databases.ts'
import { startProduct, untilAnswered } from '../processes.ts'
import { measureEmails, prepareOwners } from './emails.ts'
import { measureGuesses, prepareAccounts } from './guesses.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '2000' },
    database: { type: 'string', default: 'sqlite' },
    of: { type: 'string', default: 'both' },
  },
})
const samples = Number(values.samples)
const isUsable = Number.isInteger(samples) && samples >= 10 && samples <= 15_000
if (!isUsable || !['sqlite', 'mysql'].includes(values.database) || !['log-ins', 'emails', 'both'].includes(values.of)) {
  console.error(
    'Use: npm run timing [-- --samples 10 to 15000] [--database sqlite | mysql] [--of log-ins | emails | both]',
  )
  process.exit(2)
}

/** As shipped, but that nobody is rate-limited: it is the work of an answer that is measured. */
const settings = {
  GATELODGE_LOGIN_FREE_FAILURES: '100',
  GATELODGE_LOGIN_FAILURES_PER_ADDRESS: '100000',
  GATELODGE_EMAILS_PER_CLIENT: '100000',
  // Emails are queued and not sent: normally they are sent a second later, and no answer waits for that.
  NODE_ENV: 'development',
}

const few = Math.min(samples, 100)
const database = await openDatabase(values.database === 'mysql' ? 'MySQL' : 'SQLite')
const databaseUrl = await database.fresh()
const product = await startProduct(databaseUrl, [], settings)
try {
  await untilAnswered(product, '/health/ready')
  console.error(`${database.version}, ${samples} samples of each ...`)
  if (values.of !== 'emails') await timeLogIns(product.port)
  if (values.of !== 'log-ins') await timeEmails(product.port)
} finally {
  await product.stop()
  await database.close()
}

/** Neither a cold program nor a cold database is what is asked about: some go in front. */
async function timeLogIns(port: number): Promise<void> {
  await prepareAccounts(port, databaseUrl, samples)
  await measureGuesses(port, few)
  console.log(`${report('refused because of', await measureGuesses(port, samples))}\n`)
}

async function timeEmails(port: number): Promise<void> {
  await prepareOwners(databaseUrl, few, 'cold')
  await prepareOwners(databaseUrl, samples, 'warm')
  await measureEmails(port, few, 'cold')
  console.log(report('email asked for by', await measureEmails(port, samples, 'warm')))
}
