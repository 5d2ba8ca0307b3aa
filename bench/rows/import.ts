// `gatelodge import` of a file: how many rows a second, and with how much memory. Strong hashes are stored as they are, weak
// ones are wrapped in argon2id first, so that their rate is that of the hash.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryOf, startCommand } from '../processes.ts'
import { median } from '../rounds.ts'
import type { Bench, Figure, Row } from './row.ts'

export const importRow: Row = { name: 'import', onlyWhenNamed: true, measure }

// Of "hashcat".
const strong = '$2a$12$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou'
const weak = '8743b52063cd84097a65d1633f5c74f5'

async function measure({ database, pace }: Bench): Promise<Figure[]> {
  const isQuick = pace.rounds < 3
  const [many, some] = isQuick ? [10_000, 500] : [100_000, 5_000]
  const figures: Figure[] = []
  for (const [kind, hash, rows] of [
    ['strong', strong, many],
    ['weak', weak, some],
  ] as const) {
    const { seconds, early, late } = await imported(await database.fresh(), hash, rows)
    figures.push(
      { what: `rows a second, ${kind} hashes`, value: rows / seconds, raw: `${rows} rows in ${seconds.toFixed(1)} s` },
      {
        what: `growth of memory, second half, ${kind} hashes`,
        value: late - early,
        unit: ' MB',
        // The collector's own ups and downs.
        goal: { atMost: 30 },
        raw: `${early.toFixed(0)} to ${late.toFixed(0)} MB`,
      },
    )
  }
  return figures
}

async function imported(databaseUrl: string, hash: string, rows: number) {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-bench-import-'))
  const file = join(folder, 'users.csv')
  const lines = Array.from({ length: rows }, (_, at) => `person-${at}@example.org,Ada Lovelace,${hash}\n`)
  writeFileSync(file, `email,name,password_hash\n${lines.join('')}`)
  try {
    // The tables are made first.
    await startCommand(['migrate', 'up'], databaseUrl, folder).ended
    const started = performance.now()
    const format = hash === weak ? ['--password-format', 'md5'] : []
    const command = startCommand(['import', file, ...format], databaseUrl, folder)
    const memory: number[] = []
    const looking = setInterval(() => memory.push(memoryOf(command)), 50)
    await command.ended.finally(() => clearInterval(looking))
    const seen = memory.filter((one) => one > 0)
    const quarter = Math.ceil(seen.length / 4)
    const seconds = (performance.now() - started) / 1000
    return { seconds, early: median(seen.slice(-2 * quarter, -quarter)), late: median(seen.slice(-quarter)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
