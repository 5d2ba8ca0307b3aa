// A line of a CSV file (RFC 4180) that a spreadsheet shows and never runs.

/**
 * Cells that a spreadsheet would take for a formula get an apostrophe in front (ASVS V1.2.10): names, reasons and browsers
 * may hold what a stranger typed.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
