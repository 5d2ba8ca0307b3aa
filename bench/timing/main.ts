// `npm run timing`: whether the time that a refused log-in takes tells why it was refused (OWASP ASVS V6.3.8).
// docs/security/timing.md tells what came out and how to read it.
import { parseArgs } from 'node:util'
import { openDatabase } from '../databases.ts'
import { startProduct, untilAnswered } from '../processes.ts'
import { measure, prepareAccounts } from './guesses.ts'
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

/** As shipped, but that nobody is held back: it is the work of a log-in that is measured. */
const settings = { GATELODGE_LOGIN_FREE_FAILURES: '100', GATELODGE_LOGIN_FAILURES_PER_ADDRESS: '100000' }

const database = await openDatabase(values.database === 'mysql' ? 'MySQL' : 'SQLite')
const databaseUrl = await database.fresh()
const product = await startProduct(databaseUrl, [], settings)
try {
  await untilAnswered(product, '/health/ready')
  await prepareAccounts(product.port, databaseUrl, samples)
  console.error(`${database.version}, ${samples} samples of each ...`)
  // Neither a cold program nor a cold database is what is asked about.
  await measure(product.port, Math.min(samples, 100))
  console.log(report(await measure(product.port, samples)))
} finally {
  await product.stop()
  await database.close()
}
