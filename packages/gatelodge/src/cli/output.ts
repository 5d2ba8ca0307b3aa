// What commands print: tables for people, JSON for programs.
import { printable } from '../printable.ts'
import type { Option } from './command.ts'

export const asJson: Option = { name: 'json', about: 'print JSON' }

/** In columns. Whatever people have typed somewhere is written so that a terminal does not obey it. */
export function table(rows: (string | number | null)[][]): string {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell ?? ''))))
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)))
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** JSON escapes some of what a terminal obeys; the rest is written as JSON may write it, so that it reads the same. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2).split('\n').map(printable).join('\n'))
}

/** `2026-11-29 11:09:03Z`, or a hyphen where it never was. */
export function moment(at: number | null): string {
  return at === null ? '-' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`
}

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
