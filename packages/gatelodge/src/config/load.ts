// Gathers the settings (flag, then environment, then file, then default) and tells every fault at once.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { lettersMode } from './letters-mode.ts'
import { environmentName, metaOf, type SettingName, type Settings, schema, settingNames } from './schema.ts'
import { loopback } from './values.ts'

export type Given = Partial<Record<SettingName, unknown>>
export type Source = 'flag' | 'environment' | 'file' | 'code' | 'default'

export interface Fault {
  /** The setting, as the person who gave it spelled it. */
  name: string
  /** What was given; masked where it may be secret. */
  given: string
  allowed: string
}

export type Loaded =
  | { kind: 'settings'; settings: Settings; sources: Record<SettingName, Source> }
  | { kind: 'faults'; faults: Fault[] }

/** Which variable each setting came from. */
type Spelled = Partial<Record<SettingName, string>>
type Named = (name: SettingName) => string

/** Names that other tools have made customary. */
const customary: Record<string, SettingName> = { DATABASE_URL: 'databaseUrl', PORT: 'port', NODE_ENV: 'mode' }

export interface Places {
  flags?: Given
  environment?: Record<string, string | undefined>
  /** A JSON file with settings; where none is named, `gatelodge.json` in the working folder is read if it is there. */
  file?: string | undefined
  /** What a program that holds us inside has written: the weakest word but the default. */
  code?: Given
}

/** Reads the settings from all their places. Never throws for what a person has written: that comes back as faults. */
export function loadSettings(places: Places = {}): Loaded {
  const faults: Fault[] = []
  const spelled: Spelled = {}
  const environment = fromEnvironment(places.environment ?? {}, spelled, faults)
  const file = fromFile(places.file, faults)
  const layers: [Source, Given][] = [
    ['flag', places.flags ?? {}],
    ['environment', environment],
    ['file', file],
    ['code', known(places.code ?? {}, 'the code', faults)],
  ]
  const given: Given = {}
  const sources = {} as Record<SettingName, Source>
  for (const name of settingNames) {
    const layer = layers.find(([, values]) => values[name] !== undefined)
    sources[name] = layer?.[0] ?? 'default'
    if (layer) given[name] = layer[1][name]
  }

  // A fault names the setting as the person who gave it did.
  const named: Named = (name) => (sources[name] === 'environment' ? (spelled[name] ?? name) : name)
  const result = schema.safeParse(given)
  if (!result.success) faults.push(...result.error.issues.map((issue) => describe(issue, given, named)))
  else {
    const settings = withDerived(result.data)
    faults.push(...unsafeInProduction(settings, named), ...lettersMissing(settings, named))
    faults.push(...foreignCookieDomain(settings, named))
    if (faults.length === 0) return { kind: 'settings', settings, sources }
  }
  return { kind: 'faults', faults }
}

function fromEnvironment(environment: Record<string, string | undefined>, spelled: Spelled, faults: Fault[]): Given {
  const given: Given = {}
  for (const [alias, name] of Object.entries(customary)) {
    const value = environment[alias]
    if (!value) continue
    // NODE_ENV has other values in other tools' hands ("test"); only the one that matters is heard.
    if (alias === 'NODE_ENV' && value !== 'production') continue
    given[name] = value
    spelled[name] = alias
  }
  const known = new Set(settingNames.flatMap((name) => [environmentName(name), `${environmentName(name)}_FILE`]))
  for (const name of settingNames) {
    const variable = environmentName(name)
    const path = environment[`${variable}_FILE`]
    if (!environment[variable] && !path) continue
    given[name] = environment[variable] ?? readSecretFile(`${variable}_FILE`, path ?? '', faults)
    spelled[name] = environment[variable] ? variable : `${variable}_FILE`
  }
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('GATELODGE_') || known.has(name) || environment[name] === undefined) continue
    faults.push({
      name,
      given: '(not shown)',
      allowed: unknownName,
    })
  }
  return given
}

function readSecretFile(name: string, path: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    faults.push({ name, given: path, allowed: 'a file that this process may read' })
    return undefined
  }
}

function fromFile(named: string | undefined, faults: Fault[]): Given {
  const path = named ?? 'gatelodge.json'
  if (!named && !existsSync(path)) return {}
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return known(content, path, faults)
  } catch {}
  faults.push({ name: path, given: 'this file', allowed: 'a JSON object of settings, such as {"port": 8080}' })
  return {}
}

function known(content: object, path: string, faults: Fault[]): Given {
  for (const name of Object.keys(content)) {
    if (!(settingNames as string[]).includes(name))
      faults.push({ name: `${name} in ${path}`, given: '(not shown)', allowed: unknownName })
  }
  return content as Given
}

const unknownName = 'a name that exists; `gatelodge config template` lists them all'

function describe(issue: z.core.$ZodIssue, given: Given, named: Named): Fault {
  const name = issue.path[0] as SettingName
  const allowed =
    { invalid_format: 'the form shown in the example', custom: issue.message }[issue.code as string] ?? issue.message
  return {
    name: named(name),
    given: masked(name, given[name]),
    allowed: `${allowed} (for example ${metaOf(name).example})`,
  }
}

/** A value as it may be shown: secrets by their length only, the password inside a URL as dots. */
export function masked(name: SettingName, value: unknown): string {
  if (name === 'databaseUrl' || name === 'smtpUrl') return String(value).replace(/(?<=:\/\/[^:/@]*:).*(?=@)/, '***')
  if (!metaOf(name).secret) return JSON.stringify(value) ?? 'nothing'
  return `${String(value).length} characters (not shown)`
}

function withDerived(settings: z.output<typeof schema>): Settings {
  return {
    ...settings,
    baseUrl: settings.baseUrl ?? `http://localhost:${settings.port}`,
    databaseUrl: settings.databaseUrl ?? `sqlite:${join(settings.dataDir, 'gatelodge.sqlite')}`,
  }
}

/** ASVS V3.3.1, V12.2.1, V12.3.1, V15.3.4: over http on a network, cookies and passwords could be read by anyone on the way. */
function unsafeInProduction(settings: Settings, named: Named): Fault[] {
  if (settings.mode !== 'production') return []
  const faults: Fault[] = []
  const site = new URL(settings.baseUrl)
  if (site.protocol !== 'https:' && !loopback.has(site.hostname)) {
    const allowed = 'in production an https address, such as https://accounts.example.org'
    faults.push({ name: named('baseUrl'), given: settings.baseUrl, allowed })
  }
  // We speak no TLS, so something in front does; unnamed, all people would be counted as one (ASVS V15.3.4).
  if (site.protocol === 'https:' && settings.trustedProxies.length === 0) {
    const allowed = 'in production the address of your proxy, such as 127.0.0.1, or all people would count as one'
    faults.push({ name: named('trustedProxies'), given: 'nothing', allowed })
  }
  const database = new URL(settings.databaseUrl)
  const isFar = database.protocol !== 'sqlite:' && !loopback.has(database.hostname)
  if (isFar && !database.searchParams.has('tls')) {
    const allowed = 'in production ?tls=required behind it, or ?tls=off where the network between is yours alone'
    faults.push({ name: named('databaseUrl'), given: masked('databaseUrl', settings.databaseUrl), allowed })
  }
  return faults
}

/** Browsers throw away a cookie for a domain that the site is not in: nobody could log in. */
function foreignCookieDomain({ baseUrl, cookieDomain }: Settings, named: Named): Fault[] {
  const { hostname } = new URL(baseUrl)
  if (!cookieDomain || `.${hostname}`.endsWith(`.${cookieDomain}`)) return []
  return [{ name: named('cookieDomain'), given: cookieDomain, allowed: `a domain that ${hostname} is in` }]
}

/** What was asked for needs letters, and none could leave. */
function lettersMissing(settings: Settings, named: Named): Fault[] {
  const { smtpUrl, mailFrom, registration, requireVerifiedEmail } = settings
  const faults: Fault[] = []
  if (smtpUrl && !mailFrom) {
    faults.push({ name: named('mailFrom'), given: 'nothing', allowed: 'the address that letters come from' })
  }
  if (lettersMode(settings) !== 'none') return faults
  const where = settings.mode === 'production' ? 'in production' : 'outside of localhost'
  const allowed = `smtpUrl beside it: ${where} it needs a server that takes letters`
  if (registration === 'confirm-first') faults.push({ name: named('registration'), given: registration, allowed })
  if (requireVerifiedEmail) faults.push({ name: named('requireVerifiedEmail'), given: 'true', allowed })
  return faults
}
