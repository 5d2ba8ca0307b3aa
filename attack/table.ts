// What came of the attacks, as a table for people.
import { gotThrough, type Result } from './run.ts'

const widths = { name: 54, asvs: 21, sent: 44, came: 34 }

export function table(results: Result[]): string {
  const heads = line('attack', 'ASVS', 'sent', 'came back', 'verdict')
  const lines = results.map((result) => {
    const { attack, came } = result
    return line(attack.name, attack.asvs, attack.sent, came, verdictOf(result))
  })
  return [heads, ...lines].join('\n')
}

function verdictOf(result: Result): string {
  if (!result.isTried) return 'not tried'
  return gotThrough(result) ? 'GOT THROUGH' : 'safe'
}

/** What a cut table cannot show: the whole of each attack that got through. */
export function details(results: Result[]): string {
  return results
    .filter(gotThrough)
    .map(
      ({ attack, came }) =>
        `GOT THROUGH  ${attack.name}\n  ASVS      ${attack.asvs}\n  sent      ${printable(attack.sent)}\n  expected  ${attack.expected}\n  came      ${printable(came)}\n`,
    )
    .join('\n')
}

function line(name: string, asvs: string, sent: string, came: string, verdict: string): string {
  const cells = [
    fitted(name, widths.name),
    fitted(asvs, widths.asvs),
    fitted(sent, widths.sent),
    fitted(came, widths.came),
  ]
  return [...cells, verdict].join('  ')
}

function fitted(text: string, width: number): string {
  const shown = printable(text)
  return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown.padEnd(width)
}

/** What a server answers must not move the cursor of anyone who reads the table. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (one) => `\\u${one.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
}
