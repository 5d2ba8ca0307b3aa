// Several things measured in turn, so that other work of the machine slows all of them equally.

type Measure = () => Promise<number>

/** Once each to warm up, then A B, B A, A B ... @returns what each round of each gave. */
export async function inTurn<Name extends string>(
  rounds: number,
  measures: Record<Name, Measure>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (const name of names) await measures[name]()
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) results[name].push(await measures[name]())
  }
  return results
}

/** The median of the rounds' own ratios: a slow moment of the machine was slow for both. */
export function ratio(ours: number[], theirs: number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
}

export function median(values: number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
