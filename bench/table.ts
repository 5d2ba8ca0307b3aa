// What was measured, as a table for people.
import type { DatabaseName } from './databases.ts'
import type { Figure, Goal } from './rows/row.ts'

export type Results = Map<DatabaseName, Figure[]>

export function table(results: Results): string {
  const names = [...results.keys()]
  const figures = [...new Map([...results.values()].flat().map((figure) => [figure.what, figure])).values()]
  const lines = figures.map(({ what }) => {
    const measured = names.map((name) => results.get(name)?.find((figure) => figure.what === what))
    return [
      what,
      ...measured.map(spoken),
      [...new Set(measured.map((one) => spokenGoal(one?.goal)))].filter(Boolean).join(' / '),
      verdict(measured),
      ...measured.map((one) => one?.raw ?? ''),
    ]
  })
  const heads = ['', ...names, 'goal', 'reached', ...names.map((name) => `raw, ${name}`)]
  return aligned([heads, ...lines])
}

function spoken(figure: Figure | undefined): string {
  if (!figure) return ''
  return `${rounded(figure.value)}${figure.unit ?? ''}`
}

function rounded(value: number): string {
  if (Number.isNaN(value)) return '?'
  return value.toFixed(value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2)
}

function spokenGoal(goal: Goal | undefined): string {
  if (!goal) return ''
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`
}

function verdict(measured: (Figure | undefined)[]): string {
  return measured
    .map((figure) => (figure?.goal ? (isReached(figure.value, figure.goal) ? 'yes' : 'no') : ''))
    .join(' / ')
}

function isReached(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
}

export function aligned(lines: string[][]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length))) ?? []
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
