// What a backup says about itself, in its first line, and the lines between the rows. docs/running/backup.md describes all of
// it; a change that an older version cannot read gets another number.
import { z } from 'zod'
import type { TableShape } from '../../database/content/shape.ts'
import { migrationNames } from '../../database/migrate.ts'
import { version as program } from '../version.ts'
import { BackupFault } from './fault.ts'

export const formatName = 'gatelodge-backup'
export const formatVersion = 1

const manifest = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** Names this backup. */
  id: z.uuid(),
  /** The version of Gatelodge that wrote it. */
  gatelodge: z.string().max(100),
  /** The moment that the rows are of. */
  createdAt: z.iso.datetime(),
  database: z.enum(['sqlite', 'mysql']),
  migrations: z.array(z.string()),
  /** An HMAC under each secret that was in force, in hex: whether a site has the same. */
  secretMarks: z.array(z.string().regex(/^[\da-f]{64}$/)),
  /** The newest first; only where they were asked for. */
  secrets: z.array(z.string()).optional(),
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.int().min(0),
      key: z.array(z.string()),
      columns: z.record(z.string(), z.enum(['bytes', 'integer', 'text'])),
    }),
  ),
})
export type Manifest = z.output<typeof manifest>

export const TableBegins = z.strictObject({ table: z.string() })
export const TableEnds = z.strictObject({ table: z.string(), rows: z.int(), sha256: z.string() })
export const BackupEnds = z.strictObject({ end: z.strictObject({ tables: z.int(), rows: z.int() }) })

/** @throws {BackupFault} for what is no backup that this version knows. */
export function manifestFrom(line: string): Manifest {
  const read = jsonOf(line) as { format?: unknown; version?: unknown } | undefined
  if (read?.format !== formatName) throw new BackupFault('This is no backup of Gatelodge.')
  if (Number(read.version) > formatVersion)
    throw new BackupFault(
      `This backup has the format ${Number(read.version)}; this version of Gatelodge (${program}) reads up to ${formatVersion}. Update Gatelodge first.`,
    )
  const { data } = manifest.safeParse(read)
  if (!data) throw new BackupFault('The first line of this backup cannot be read.')
  return data
}

export function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** @throws {BackupFault} where its tables are not those of this version: which version is needed. */
export function checkTables({ gatelodge, migrations, tables }: Manifest, shapes: TableShape[]): void {
  const unknown = migrations.filter((name) => !migrationNames.includes(name))
  if (unknown.length > 0)
    throw new BackupFault(
      `A newer version of Gatelodge (${gatelodge}) made this backup; this is ${program}. Update Gatelodge first. It does not know: ${unknown.join(', ')}`,
    )
  const missing = migrationNames.filter((name) => !migrations.includes(name))
  if (missing.length > 0)
    throw new BackupFault(
      `An older version of Gatelodge (${gatelodge}) made this backup; this is ${program}. Restore it with ${gatelodge}, and update afterwards. It lacks: ${missing.join(', ')}`,
    )
  const wanted = tables.map(({ rows: _, ...shape }) => spelled(shape))
  const differing = shapes.filter((shape, at) => spelled(shape) !== wanted[at])
  if (differing.length > 0 || wanted.length !== shapes.length)
    throw new BackupFault(
      `The tables of this backup, which Gatelodge ${gatelodge} made, are not those of this version (${program}).`,
    )
}

const spelled = ({ name, key, columns }: TableShape) => JSON.stringify([name, key, Object.entries(columns)])
