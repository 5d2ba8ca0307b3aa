// `npm run timing`: whether the time that a refused log-in takes tells why it was refused, and that of "Forgot your
// password?" who has an account (OWASP ASVS V6.3.8).
// docs/security/timing.md tells what came out and how to read it.
import { parseArgs } from 'node:util'
import { openDatabase } from '../databases.ts'
import { startProduct, untilAnswered } from '../processes.ts'
import { measureGuesses, prepareAccounts } from './guesses.ts'
import { measureLetters, prepareOwners } from './letters.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '2000' }, database: { type: 'string', default: 'sqlite' } },
})
const samples = Number(values.samples)
const isUsable = Number.isInteger(samples) && samples >= 10 && samples <= 15_000
if (!isUsable || !['sqlite', 'mysql'].includes(values.database)) {
  console.error('Use: npm run timing [-- --samples 10 to 15000] [--database sqlite | mysql]')
  process.exit(2)
}

/** As shipped, but that nobody is held back: it is the work of an answer that is measured. */
const settings = {
  GATELODGE_LOGIN_FREE_FAILURES: '100',
  GATELODGE_LOGIN_FAILURES_PER_ADDRESS: '100000',
  GATELODGE_LETTERS_PER_CLIENT: '100000',
}

const database = await openDatabase(values.database === 'mysql' ? 'MySQL' : 'SQLite')
const databaseUrl = await database.fresh()
const product = await startProduct(databaseUrl, [], settings)
try {
  await untilAnswered(product, '/health/ready')
  const { port } = product
  await prepareAccounts(port, databaseUrl, samples)
  console.error(`${database.version}, ${samples} samples of each ...`)
  // Neither a cold program nor a cold database is what is asked about.
  const few = Math.min(samples, 100)
  await measureGuesses(port, few)
  console.log(report('log-in refused: why', await measureGuesses(port, samples)))
  await prepareOwners(port, databaseUrl, few, 'cold')
  await prepareOwners(port, databaseUrl, samples, 'warm')
  await measureLetters(port, few, 'cold')
  console.log(`\n${report('new password for', await measureLetters(port, samples, 'warm'))}`)
} finally {
  await product.stop()
  await database.close()
}
