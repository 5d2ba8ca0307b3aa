// A CSV file (RFC 4180) that a spreadsheet shows and never runs.
import { answer } from './answer.ts'
import type { Context } from './context.ts'
import { privateAnswer } from './headers.ts'

/** Sent as it is made: memory holds a piece of it at a time. */
export function csvFile(c: Context, name: string, pieces: AsyncIterable<string>): Response {
  return answer(c, 200, ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()), {
    ...privateAnswer,
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

/**
 * Cells that a spreadsheet would take for a formula get an apostrophe in front (ASVS V1.2.10): names, reasons and browsers
 * may hold what a stranger typed.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(text: string): string {
  const cell = noFormula(text)
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * Some spreadsheets part cells at semicolons, so what follows one is treated as a beginning. Nothing that is not seen hides a
 * sign. The wide ones are typed in East Asia, where a spreadsheet takes them, too.
 */
export function noFormula(text: string): string {
  return text.replace(/(^|;)(?=[\s\0\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0])/gu, "$1'")
}
