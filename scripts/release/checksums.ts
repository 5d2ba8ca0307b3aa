// `sha256sum --check SHA256SUMS` tells whether the files are those of the release.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const list = 'SHA256SUMS'

export function writeChecksums(folder: string): string[] {
  const names = readdirSync(folder)
    .filter((name) => name !== list)
    .sort()
  const lines = names.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  )
  writeFileSync(join(folder, list), lines.join(''))
  return names.length >= 3 ? [] : [`only ${names.join(', ')} were written`]
}
