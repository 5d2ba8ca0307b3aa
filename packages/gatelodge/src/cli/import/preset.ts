// How the columns of a system are called. A preset is data: a file each in presets/.

/** What an account may come with. */
export const columns = [
  ...([
    'email',
    'name',
    'username',
    'email_verified',
    'created_at',
    'disabled',
    'active',
    'disabled_until',
    'groups',
  ] as const),
  ...(['password_hash', 'password_salt', 'password_parameters', 'password_format'] as const),
  ...(['totp_secret', 'totp_secret_text'] as const),
]
export type Column = (typeof columns)[number]

/**
 * The name of a column, or a path into an object, `traits.email`; `[0]` takes one of a list and `[type=password]` the one whose
 * `type` is that. Joined by ` + ` are columns that make one value, a space between.
 */
export type Path = string

export interface Preset {
  /** The system, for people. */
  system: string
  /** Several: the first that is not empty. Default: the column of the same name. */
  columns: Partial<Record<Column, Path | readonly Path[]>>
  /** For hashes that do not tell themselves. */
  passwordFormat?: string
  /** Of a JSON file that is an object: the key of the list. */
  list?: string
  /** The table that --from-database reads. */
  table?: string
  /** More of its database, by a column that is the same in both. */
  join?: { table: string; on: readonly [own: string, other: string]; where?: readonly [column: string, value: string] }
}

/** Where the source has it: `email`, or `mail (email)` where it is called otherwise there. */
export function columnInSource(column: string, preset: Preset): string {
  const paths = pathsOf(column as Column, preset)
  return paths.length === 1 && paths[0] === column ? column : `${paths.join(' or ')} (${column})`
}

export function pathsOf(column: Column, { columns: named }: Preset): readonly Path[] {
  return [named[column] ?? column].flat()
}

/** The value of each column that the row has, as text; a list of groups is joined by `;`. */
export type Canonical = Partial<Record<Column, string>> & { fields: Record<string, string> }

/** @param values as the source names them. */
export function canonical(values: Record<string, unknown>, preset: Preset): Canonical {
  const found: Canonical = { fields: {} }
  for (const column of columns) {
    const text = pathsOf(column, preset)
      .map((path) => joined(values, path))
      .find((value) => value !== '')
    if (text !== undefined) found[column] = text
  }
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith('field.')) found.fields[name.slice('field.'.length)] = asText(value)
  }
  if (typeof values.fields === 'object' && values.fields !== null) {
    for (const [name, value] of Object.entries(values.fields)) found.fields[name] = asText(value)
  }
  return found
}

function joined(values: Record<string, unknown>, path: Path): string {
  return path
    .split(' + ')
    .map((one) => asText(Object.hasOwn(values, one) ? values[one] : along(values, one)))
    .filter((text) => text !== '')
    .join(' ')
}

function along(start: unknown, path: Path): unknown {
  let value = start
  for (const [, key, at, field, wanted] of path.matchAll(/([^.[\]]+)|\[(?:(\d+)|([^=\]]+)=([^\]]*))\]/g)) {
    if (key !== undefined) value = ownOf(value, key)
    else if (!Array.isArray(value)) return undefined
    else if (at !== undefined) value = value[Number(at)]
    else value = value.find((one: unknown) => asText(ownOf(one, field ?? '')) === wanted)
  }
  return value
}

/** Some systems keep JSON in a text. */
function ownOf(given: unknown, key: string): unknown {
  const value = typeof given === 'string' && given.startsWith('{') ? parsed(given) : given
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (Array.isArray(value)) return value.map(asText).join(';')
  return typeof value === 'object' ? '' : String(value)
}
