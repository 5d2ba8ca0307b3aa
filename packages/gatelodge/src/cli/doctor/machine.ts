// The machine: Node, the clock, the data folder, the disk of the database, the secret.
import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileOf, inMemory } from '../../config/database-place.ts'
import { emailsMode } from '../../config/email-mode.ts'
import type { Settings } from '../../config/schema.ts'
import { SecretFault, secretFile, secretsHere } from '../../config/secret.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, warning } from './finding.ts'
import { diskOf, existing, type FreeSpace, freeSpace, whyNotWritable } from './folder.ts'

const oldestNode = 24

/** What a test may have otherwise than it is. */
interface Machine {
  node: string
  now(): number
  freeSpace: FreeSpace
}

const thisMachine: Machine = { node: process.versions.node, now: Date.now, freeSpace }

function nodeOf({ node }: Machine): DoctorFinding {
  const major = Number.parseInt(node, 10)
  if (major < oldestNode) return fault('node', `${node} is too old`, `Install Node ${oldestNode} or later.`)
  if (major % 2 === 0) return ok('node', node)
  const says = `${node}: odd versions of Node get security fixes for a few months only`
  return warning('node', says, `Install the latest version of Node ${oldestNode}, or of a later even one.`)
}

/** No machine that runs this was set right before. */
const earliest = Date.UTC(2026, 0, 1)
/** systemd-timesyncd makes it once the clock was set by the network. */
const synchronised = '/run/systemd/timesync/synchronized'

function clockOf({ now }: Machine): DoctorFinding {
  const time = new Date(now()).toISOString()
  if (now() >= earliest) return ok('clock', `${time}${existsSync(synchronised) ? ', set by the network' : ''}`)
  const says = `${time} is in the past: codes of authenticator apps and links in emails would be refused`
  return fault('clock', says, 'Set the clock, and keep it right with NTP: timedatectl set-ntp true')
}

function lookAtFolder({ settings }: DoctorInput): DoctorFinding[] {
  const name = 'data folder'
  const folder = resolve(settings.dataDir)
  if (!isUsed(folder, settings)) return [ok(name, 'not used: the database and the secret are elsewhere')]
  const found = existing(folder)
  const { uid, mode } = statSync(found)
  if (!statSync(found).isDirectory()) return [fault(name, `${found} is no folder`, 'Choose another dataDir.')]
  const refused = whyNotWritable(found)
  const user = process.getuid?.()
  if (refused !== undefined) return [fault(name, `${found} cannot be written: ${refused}`, remedyOf(refused, found))]
  if (found !== folder) return [ok(name, `${folder} is made at the first start`)]
  if (user !== undefined && user !== uid) {
    const says = `${found} belongs to user ${uid}, and this command runs as user ${user}`
    return [warning(name, says, 'Run commands as the user that runs the site.')]
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return [warning(name, `other users of this machine can open ${found}`, `chmod 700 ${found}`)]
  return [ok(name, `${found} can be written, by its user alone`)]
}

/** For the SQLite file, the secret, or the key of the mailbox. */
function isUsed(folder: string, settings: Settings): boolean {
  const file = fileOf(settings)
  const holdsDatabase = file !== undefined && dirname(file) === folder
  return holdsDatabase || settings.secret === undefined || emailsMode(settings) === 'mailbox'
}

function remedyOf(refused: string, folder: string): string {
  if (refused === 'ENOSPC' || refused === 'EDQUOT') return 'Make room on its disk.'
  return `Give the folder to the user that runs the site: chown -R USER ${folder}`
}

function lookAtSecret({ settings, sources }: DoctorInput): DoctorFinding[] {
  const name = 'secret'
  if (settings.secret) return [ok(name, `${settings.secret.length} given by ${sources.secret}`)]
  if (settings.databaseUrl === inMemory) return [ok(name, 'made at each start, as the database is')]
  const file = secretFile(settings.dataDir)
  try {
    if (secretsHere(settings)) return [ok(name, `${file}, for its user alone`)]
  } catch (error) {
    if (!(error instanceof SecretFault)) throw error
    return [fault(name, error.says, error.remedy)]
  }
  const database = fileOf(settings)
  if (database !== undefined && !existsSync(database)) return [ok(name, `${file} is made at the first start`)]
  const says = `${file} is not there: the next start makes a new one, which opens nothing that another one sealed`
  return [
    warning(name, says, 'If the site has run before, put its secret there before the next start, or set `secret`.'),
  ]
}

function diskOfDatabase({ settings }: DoctorInput, { freeSpace: freeIn }: Machine): DoctorFinding[] {
  const file = fileOf(settings)
  return file === undefined ? [] : [diskOf(existing(dirname(file)), freeIn)]
}

/** @param its only for tests, something that this machine has otherwise. */
export function machine(its: Partial<Machine> = {}): Look[] {
  const here = { ...thisMachine, ...its }
  return [
    { name: 'node', look: () => [nodeOf(here)] },
    { name: 'clock', look: () => [clockOf(here)] },
    { name: 'data folder', look: lookAtFolder },
    { name: 'disk', look: (asked) => diskOfDatabase(asked, here) },
    { name: 'secret', look: lookAtSecret },
  ]
}
