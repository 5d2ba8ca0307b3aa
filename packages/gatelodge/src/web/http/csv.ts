// A line of a CSV file (RFC 4180) that a spreadsheet shows and never runs.

/**
 * Cells that a spreadsheet would take for a formula get an apostrophe in front (ASVS V1.2.10): names, reasons and browsers
 * may hold what a stranger typed.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(text: string): string {
  const cell = noFormula(text)
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The wide ones are typed in East Asia, where a spreadsheet takes them, too. */
export function noFormula(text: string): string {
  return /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
}
