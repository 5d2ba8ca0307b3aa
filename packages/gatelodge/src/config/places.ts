// Where settings are read from: variables, files that variables name, and a file of settings.
import { existsSync, readFileSync } from 'node:fs'
import type { Fault, Given } from './fault.ts'
import { environmentName, type SettingName, settingNames } from './schema.ts'
import { maskText } from './server-url.ts'

export type Environment = Record<string, string | undefined>

/** What one place gives, and how it spells each name. */
export interface Place {
  given: Given
  spelled: Partial<Record<SettingName, string>>
}

/** The variables with our name before them, and NODE_ENV. */
export function fromOwnVariables(environment: Environment, faults: Fault[]): Place {
  const place: Place = { given: {}, spelled: {} }
  const made = madeByKubernetes(environment)
  // NODE_ENV has other values in other tools' hands ("test"); only the one that matters counts.
  if (environment.NODE_ENV === 'production') take(place, 'mode', { spelled: 'NODE_ENV', value: 'production' })
  for (const name of settingNames) {
    const variable = environmentName(name)
    if (!made.includes(variable)) take(place, name, readVariable(environment, variable, faults))
  }
  faults.push(...faultsOfNames(environment, made))
  return place
}

/**
 * DATABASE_URL and PORT, which hosts and other tools have made customary.
 * @param isNeeded false: a stronger place has said it, so the variable is another's, and is not even read.
 */
export function fromCustomaryVariables(
  environment: Environment,
  isNeeded: (name: SettingName) => boolean,
  faults: Fault[],
): Place {
  const place: Place = { given: {}, spelled: {} }
  if (isNeeded('databaseUrl')) take(place, 'databaseUrl', readVariable(environment, 'DATABASE_URL', faults))
  if (isNeeded('port')) take(place, 'port', readVariable(environment, 'PORT', faults))
  return place
}

interface Variable {
  spelled: string
  value: string
}

function take({ given, spelled }: Place, name: SettingName, variable: Variable | undefined): void {
  if (!variable) return
  given[name] = variable.value
  spelled[name] = variable.spelled
}

/** `NAME`, or the content of the file that `NAME_FILE` names. An empty variable counts as none. */
function readVariable(environment: Environment, name: string, faults: Fault[]): Variable | undefined {
  const file = `${name}_FILE`
  const value = environment[name]
  const path = environment[file]
  if (value && path) {
    faults.push({ name: file, given: maskText(path), allowed: `either it or ${name}, not both` })
    return undefined
  }
  if (value) return { spelled: name, value }
  return path ? readFile(file, path, faults) : undefined
}

function readFile(name: string, path: string, faults: Fault[]): Variable | undefined {
  const value = contentOf(path)?.trim()
  if (value) return { spelled: name, value }
  const allowed = value === '' ? 'a file with the value in it; this one is empty' : 'a file that this process can read'
  faults.push({ name, given: maskText(path), allowed })
  return undefined
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function faultsOfNames(environment: Environment, made: string[]): Fault[] {
  const known = new Set(settingNames.flatMap((name) => [environmentName(name), `${environmentName(name)}_FILE`]))
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('GATELODGE_') && environment[name] !== undefined && !known.has(name),
  )
  const faults = unknown
    .filter((name) => !made.includes(name))
    .map((name) => ({ name, given: '(not shown)', allowed: unknownName }))
  if (made.length === 0) return faults
  const allowed =
    'that these variables are gone: Kubernetes makes them in each pod for a Service whose name begins with "gatelodge". ' +
    'Set `enableServiceLinks: false` in the pod’s spec, or give the Service another name'
  return [...faults, { name: made.sort().join(', '), given: 'the address of a Service', allowed }]
}

const unknownName = 'a name that exists; `gatelodge config template` lists them all'

const ofService = /^GATELODGE_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)$/

/** `GATELODGE_SERVICE_HOST`, `GATELODGE_PORT=tcp://10.0.0.1:3000` and the like, as Docker's links made them once. */
function madeByKubernetes(environment: Environment): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => {
      const isAddress = /^GATELODGE_(?:\w+_)?PORT$/.test(name) && /^(?:tcp|udp|sctp):\/\//.test(value ?? '')
      return value !== undefined && (isAddress || ofService.test(name))
    })
    .map(([name]) => name)
}

/** @param named undefined: `gatelodge.json` in the working folder, where it is there. */
export function fromFile(named: string | undefined, faults: Fault[]): Given {
  const path = named ?? 'gatelodge.json'
  if (!named && !existsSync(path)) return {}
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return knownIn(content, maskText(path), faults)
  } catch {}
  const allowed = 'a JSON object of settings, such as {"port": 8080}'
  faults.push({ name: maskText(path), given: 'this file', allowed })
  return {}
}

/** The same settings, with a fault for each name that does not exist. */
export function knownIn(content: object, place: string, faults: Fault[]): Given {
  for (const name of Object.keys(content)) {
    if (!(settingNames as string[]).includes(name))
      faults.push({ name: `${name} in ${place}`, given: '(not shown)', allowed: unknownName })
  }
  return content as Given
}
