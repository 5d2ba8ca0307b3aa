// Gathers the settings from all places, in order, and lists every fault at once.
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { faultsAcross } from './across.ts'
import { type Fault, type Given, masked, type Named } from './fault.ts'
import { type Environment, fromCustomaryVariables, fromFile, fromOwnVariables, knownIn, type Place } from './places.ts'
import { metaOf, type SettingName, type Settings, schema, settingNames } from './schema.ts'

export type SettingSource = 'flag' | 'environment' | 'file' | 'code' | 'default'

/** Two places say different things about a setting; each is named as it is spelled there. */
export interface Contradiction {
  counts: string
  ignored: string
}

export type Loaded =
  | {
      kind: 'settings'
      settings: Settings
      sources: Record<SettingName, SettingSource>
      /** What the code says and a stronger place says otherwise. */
      contradictions: Contradiction[]
      /** The variable that each setting came from, where it came from one. */
      variables: Partial<Record<SettingName, string>>
    }
  | { kind: 'faults'; faults: Fault[] }

export interface SettingPlaces {
  flags?: Given
  environment?: Environment
  /** A JSON file with settings; where none is named, `gatelodge.json` in the working folder is read if it is there. */
  file?: string | undefined
  /** What a program that holds us inside has written. */
  code?: Given | undefined
}

type Layer = Place & { source: SettingSource }

/** Reads the settings from all their places. Never throws for what a person has written: that comes back as faults. */
export function loadSettings(places: SettingPlaces = {}): Loaded {
  const faults: Fault[] = []
  const isInside = places.code !== undefined
  const layers = layersOf(places, faults)
  const winner = (name: SettingName) => layers.find(({ given }) => given[name] !== undefined)
  const entries = settingNames.map((name) => [name, winner(name)] as const)
  const given: Given = Object.fromEntries(entries.map(([name, layer]) => [name, layer?.given[name]]))
  const sources = Object.fromEntries(entries.map(([name, layer]) => [name, layer?.source ?? 'default']))

  // A fault names the setting as the person who gave it did.
  const named: Named = (name) => winner(name)?.spelled[name] ?? name
  // Read once, it is not worth the code that zod would write for it: that takes longer than all other work on the settings.
  const result = schema.safeParse(given, { jitless: true })
  if (result.success) {
    const settings = withDerived(result.data)
    faults.push(...faultsAcross(settings, { named, hasBaseUrl: given.baseUrl !== undefined, isInside }))
    if (faults.length === 0)
      return {
        kind: 'settings',
        settings,
        sources: sources as Record<SettingName, SettingSource>,
        contradictions: isInside ? contradictionsOf(layers) : [],
        variables: Object.fromEntries(entries.map(([name, layer]) => [name, layer?.spelled[name]])),
      }
  } else faults.push(...result.error.issues.map((issue) => describe(issue, given, named, isInside)))
  return { kind: 'faults', faults }
}

/** The strongest first. */
function layersOf(places: SettingPlaces, faults: Fault[]): Layer[] {
  const { environment = {} } = places
  const flags: Layer = { source: 'flag', given: places.flags ?? {}, spelled: {} }
  const own: Layer = { source: 'environment', ...fromOwnVariables(environment, faults) }
  const file: Layer = { source: 'file', given: fromFile(places.file, faults), spelled: {} }
  const code: Layer = { source: 'code', given: knownIn(places.code ?? {}, 'the code', faults), spelled: {} }
  // Around a program that holds us, DATABASE_URL and PORT are that program's: they count least, and PORT says nothing
  // where it is known where people reach the site. On the command line they are meant for us.
  const stronger = places.code ? [flags, own, file, code] : [flags, own]
  const says = (name: SettingName) => stronger.some(({ given }) => given[name] !== undefined)
  const isNeeded = (name: SettingName) => !says(name) && !(places.code && name === 'port' && says('baseUrl'))
  const customary: Layer = { source: 'environment', ...fromCustomaryVariables(environment, isNeeded, faults) }
  return places.code ? [...stronger, customary] : [...stronger, customary, file]
}

/** What is spelled otherwise and means the same is no contradiction. */
function contradictionsOf(layers: Layer[]): Contradiction[] {
  const at = layers.findIndex(({ source }) => source === 'code')
  const code = layers[at]
  return settingNames.flatMap((name) => {
    const stronger = layers.slice(0, at).find(({ given }) => given[name] !== undefined)
    if (!code || !stronger || code.given[name] === undefined) return []
    const [one, other] = [stronger, code].map(({ given }) => schema.shape[name].safeParse(given[name]).data)
    if (isDeepStrictEqual(one, other)) return []
    const counts = stronger.spelled[name] ?? `${name} in ${stronger.source === 'file' ? 'gatelodge.json' : 'a flag'}`
    return [{ counts, ignored: `${name} in the code` }]
  })
}

function describe(issue: z.core.$ZodIssue, given: Given, named: Named, isInside: boolean): Fault {
  const name = issue.path[0] as SettingName
  const spelled = named(name)
  const allowed = `${issue.message} (for example ${metaOf(name).example})`
  const isOfTheApp = isInside && /^(?:DATABASE_URL|PORT)(?:_FILE)?$/.test(spelled)
  return {
    name: spelled,
    given: masked(name, given[name]),
    allowed: isOfTheApp
      ? `${allowed}; if it is meant for your app, set ${name} in the code, which takes precedence`
      : allowed,
  }
}

function withDerived(settings: z.output<typeof schema>): Settings {
  return {
    ...settings,
    baseUrl: settings.baseUrl ?? `http://localhost:${settings.port}`,
    databaseUrl: settings.databaseUrl ?? `sqlite:${join(settings.dataDir, 'gatelodge.sqlite')}`,
  }
}
