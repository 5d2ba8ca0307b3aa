// `gatelodge serve`: runs the site until it gets a signal to stop.
import { setTimeout as pause } from 'node:timers/promises'
import { declared } from '../app.ts'
import { makeAdministratorLink } from '../capabilities/admin/link.rules.ts'
import { spelledPlace } from '../config/database-place.ts'
import { emailsMode } from '../config/email-mode.ts'
import { inBrackets } from '../config/listening.ts'
import type { Settings } from '../config/schema.ts'
import type { Meter } from '../metrics/meter.ts'
import { paths } from '../paths.ts'
import { listen, type Running } from '../server.ts'
import { createServices, type Services } from '../services.ts'
import { minutes } from '../time.ts'
import { operator } from './acts.ts'
import type { Call, ExitCode } from './command.ts'
import type { Told } from './verbs.ts'
import { version } from './version.ts'
import { whyFailed } from './why.ts'

export const verbs: Record<string, Told> = {
  '': { words: '', summary: 'run the site until it gets SIGTERM or SIGINT; every setting is an option' },
}

export async function run({ settings, loaded }: Call): Promise<ExitCode> {
  // From the first moment on: process 1 of a container, which is what it may be, ignores a signal without a handler.
  const asked = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve())
  })
  const meter = await meterFor(settings)
  const services = await createServices(settings, declared, { settingSources: loaded.sources, meter })
  const { first } = services.readiness
  // Told further down, and only if waiting cannot mend it.
  first.catch(() => {})
  let running: Running
  try {
    running = await listen(services)
  } catch (error) {
    await services.close()
    console.error(whyNot(error as NodeJS.ErrnoException, settings))
    return 1
  }
  const stopped = asked.then(() => stop(services, running))
  // Nobody knows what state we are in: it is logged, the process ends, and whatever runs it starts it again.
  process.on('uncaughtExceptionMonitor', (error) => services.log.error({ err: error }, 'process.failed'))
  try {
    // An embedded database is there at once; a remote one may take its time, and the site stands meanwhile.
    await Promise.race([first, pause(500)])
    await announce(services, running)
    await Promise.race([stopped, first.then(() => stopped)])
    return 0
  } catch (error) {
    console.error(whyFailed(error))
    await running.stop()
    return 1
  }
}

/** Counting, and the code that counts, are there only where someone reads the metrics. */
async function meterFor({ metricsPort }: Settings): Promise<Meter | undefined> {
  if (metricsPort === undefined) return undefined
  const { createMeter } = await import('../metrics/meter.ts')
  return createMeter({ version, templates: Object.keys(declared.emails) })
}

async function announce(services: Services, { port, metricsPort }: Running): Promise<void> {
  const { settings } = services
  const { upstream, unixSocket } = settings
  const ms = Math.round(performance.now())
  if (settings.mode === 'production') {
    const where = unixSocket ? { unixSocket } : { port }
    console.log(
      JSON.stringify({
        level: 'info',
        time: new Date().toISOString(),
        msg: 'started',
        version,
        ...where,
        ms,
        upstream,
      }),
    )
    if (await lacksAdministrator(services))
      services.log.info({ command: 'gatelodge admin link' }, 'administrator.missing')
    return
  }
  const address = settings.baseUrl.replace(/:0$/, `:${port}`) + settings.basePath
  const mailbox = emailsMode(settings) === 'mailbox' ? [`  Emails    ${emails(services, address)}`] : []
  const socket = unixSocket ? [`  Socket    ${unixSocket}`] : []
  const metrics = metricsPort ? [`  Metrics   http://${inBrackets(settings.metricsHost)}:${metricsPort}/metrics`] : []
  const behind = upstream ? [`  App       ${upstream} (it must be reachable through Gatelodge only)`] : []
  console.log(
    [
      `Gatelodge ${version}, ready in ${ms} ms`,
      '',
      `  Open      ${address}`,
      ...socket,
      ...behind,
      ...mailbox,
      ...metrics,
      `  Data      ${spelledPlace(settings)}`,
      await nextStep(services, port),
      `  Stop      Ctrl+C`,
    ].join('\n'),
  )
}

/** The first administrator comes by a link; nobody else sees what this prints. */
async function nextStep(services: Services, port: number): Promise<string> {
  if (!(await lacksAdministrator(services))) return '  Next      Open the page, or read docs/configuration.md'
  const { address, life } = await makeAdministratorLink(services, operator)
  const reachable = address.replace(/:0(?=\/)/, `:${port}`)
  return `  Admin     ${reachable} (works once, for ${life / minutes(1)} minutes)`
}

/** Where the database is not there yet nobody knows: the command makes a link at any time. */
async function lacksAdministrator({ readiness, groups }: Services): Promise<boolean> {
  return readiness.wasReady() && !(await groups.hasAdministrator().catch(() => true))
}

/** The link to the mailbox, with its key. */
function emails({ mailboxKey }: Services, address: string): string {
  try {
    return `${address}${paths.mailbox}?key=${mailboxKey()}`
  } catch (error) {
    return `cannot be shown: ${(error as Error).message}`
  }
}

async function stop({ log }: Services, running: Running): Promise<void> {
  log.info({}, 'stopping')
  await running.stop()
  log.info({}, 'stopped')
  // What waits for a reader that reads nothing would keep the process for as long.
  if (!(await log.written())) process.exit(0)
}

function whyNot(error: NodeJS.ErrnoException, settings: Settings): string {
  return settings.unixSocket === undefined ? whyNoPort(error, settings) : whyNoSocket(error, settings.unixSocket)
}

function whyNoSocket({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === 'EADDRINUSE') return `Another program already listens at ${path}. Stop it, or choose another unixSocket.`
  if (code === 'EEXIST') return `${path} is there and is no socket. Remove it, or choose another unixSocket.`
  if (code === 'EACCES') return `This user is not allowed to create ${path}. Give it a folder that it can write to.`
  if (code === 'ENOENT') return `The folder of ${path} does not exist. Create it for the user that runs Gatelodge.`
  return message
}

function whyNoPort({ code, message }: NodeJS.ErrnoException, { host, port }: Settings): string {
  if (code === 'EADDRINUSE')
    return `Another program already listens on ${inBrackets(host)}:${port}. Stop it, or choose another port: PORT=${port + 1} npm start`
  if (code === 'EACCES')
    return `This user is not allowed to listen on port ${port}. Choose a port above 1023: PORT=8080 npm start`
  if (code === 'EADDRNOTAVAIL')
    return `This machine does not have the address ${host}. Choose another host: GATELODGE_HOST=127.0.0.1`
  return message
}
