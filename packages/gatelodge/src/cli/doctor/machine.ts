// The machine: Node, the clock, the data folder and its disk, the secret.
import { existsSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileOf, inMemory } from '../../config/database-place.ts'
import { spellBytes } from '../../config/values.ts'
import { type DoctorFinding, type DoctorInput, fault, type Look, ok, warning, wordsOf } from './finding.ts'

const oldestNode = 24

function lookAtNode(): DoctorFinding[] {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major >= oldestNode) return [ok('node', process.versions.node)]
  return [fault('node', `${process.versions.node} is too old`, `Install Node ${oldestNode} or later.`)]
}

/** No machine that runs this was set right before. */
const earliest = Date.UTC(2026, 0, 1)
/** systemd-timesyncd makes it once the clock was set by the network. */
const synchronised = '/run/systemd/timesync/synchronized'

function lookAtClock(): DoctorFinding[] {
  const now = new Date()
  if (now.getTime() < earliest) {
    const says = `${now.toISOString()} is in the past: codes of authenticator apps and links in emails would be refused`
    return [fault('clock', says, 'Set the clock, and keep it right with NTP: timedatectl set-ntp true')]
  }
  return [ok('clock', `${now.toISOString()}${existsSync(synchronised) ? ', set by the network' : ''}`)]
}

const mebibyte = 1024 ** 2
const little = 1024 * mebibyte
const none = 100 * mebibyte

function lookAtFolder({ settings }: DoctorInput): DoctorFinding[] {
  const name = 'data folder'
  const folder = resolve(settings.dataDir)
  const found = existing(folder)
  if (!statSync(found).isDirectory()) return [fault(name, `${found} is no folder`, 'Choose another dataDir.')]
  const { uid, mode } = statSync(found)
  const refused = whyNotWritable(found)
  const user = process.getuid?.()
  const isOurs = user === undefined || user === uid
  const remedy = `Give the folder to the user that runs the site: chown -R USER ${found}`
  if (refused !== undefined) return [fault(name, `${found} cannot be written: ${refused}`, remedy), disk(found)]
  if (found !== folder) return [ok(name, `${folder} is made at the first start`), disk(found)]
  if (!isOurs) {
    const says = `${found} belongs to user ${uid}, and this command runs as user ${user}`
    return [warning(name, says, 'Run commands as the user that runs the site.'), disk(found)]
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return [warning(name, `other users of this machine can open ${found}`, `chmod 700 ${found}`), disk(found)]
  }
  return [ok(name, `${found} can be written, by its user alone`), disk(found)]
}

/** The folder, or where it would be made. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}

/** Tried by writing, because rights are not all: a disk may be mounted read-only. */
function whyNotWritable(folder: string): string | undefined {
  const file = join(folder, `.doctor-${process.pid}`)
  try {
    writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
    rmSync(file)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? wordsOf(error)
  }
}

function disk(folder: string): DoctorFinding {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const unit = free < 10 * little ? mebibyte : little
  const says = `${spellBytes(Math.floor(free / unit) * unit)} free`
  const remedy = 'Make room: a full disk takes no accounts, no logins and no changes.'
  if (free < none) return fault('disk', says, remedy)
  return free < little ? warning('disk', says, remedy) : ok('disk', says)
}

function lookAtSecret({ settings, sources }: DoctorInput): DoctorFinding[] {
  const name = 'secret'
  if (settings.secret) return [ok(name, `${settings.secret.length} given by ${sources.secret}`)]
  if (settings.databaseUrl === inMemory) return [ok(name, 'made at each start, as the database is')]
  const file = join(resolve(settings.dataDir), 'secret')
  if (!existsSync(file)) {
    const database = fileOf(settings)
    const isNew = database !== undefined && !existsSync(database)
    if (isNew) return [ok(name, `${file} is made at the first start`)]
    const says = `${file} is not there, and the database may be: a new secret cannot read what the old one has sealed`
    return [warning(name, says, 'Bring the file back from the backup, or set `secret`, if the site has run before.')]
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    return [fault(name, `other users of this machine can read ${file}`, `chmod 600 ${file}`)]
  if (readFileSync(file, 'utf8').trim().length < 32)
    return [fault(name, `${file} is too short`, 'Bring it back from the backup; without one, delete it and start.')]
  return [ok(name, `${file}, for its user alone`)]
}

export const machine: Look[] = [
  { name: 'node', look: lookAtNode },
  { name: 'clock', look: lookAtClock },
  { name: 'data folder', look: lookAtFolder },
  { name: 'secret', look: lookAtSecret },
]
