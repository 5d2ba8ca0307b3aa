// Whether two lists of durations come from the same source, and how far apart they are.
import { median, quantile } from '../rounds.ts'

/**
 * The Mann-Whitney U test (H. B. Mann, D. R. Whitney, 1947, Annals of Mathematical Statistics 18), with average ranks for
 * ties and the normal approximation: asks nothing of how the durations are spread.
 * @returns how many standard deviations `left` ranks above `right` (negative: below), and how likely chance alone is to
 *   give that much.
 */
export function rankTest(left: readonly number[], right: readonly number[]): { z: number; p: number } {
  const all = [...left.map((value) => ({ value, isLeft: true })), ...right.map((value) => ({ value, isLeft: false }))]
  all.sort((one, other) => one.value - other.value)
  let rankSum = 0
  let ties = 0
  for (let start = 0, end = 0; start < all.length; start = end) {
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1
    const size = end - start
    ties += size ** 3 - size
    const rank = (start + 1 + end) / 2
    for (let index = start; index < end; index += 1) if (all[index]?.isLeft) rankSum += rank
  }
  const [m, n, total] = [left.length, right.length, all.length]
  const u = rankSum - (m * (m + 1)) / 2
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)))
  const z = variance === 0 ? 0 : (u - (m * n) / 2) / Math.sqrt(variance)
  return { z, p: erfc(Math.abs(z) / Math.SQRT2) }
}

/** Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: right to 1.5e-7. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return series * Math.exp(-x * x)
}

const draws = 1_000

/** The difference of the medians, and the 95 % confidence interval that the bootstrap gives (B. Efron, 1979). */
export function medianDifference(left: number[], right: number[]) {
  const differences = Array.from({ length: draws }, () => medianOfDrawn(left) - medianOfDrawn(right))
  return {
    difference: median(left) - median(right),
    low: quantile(differences, 0.025),
    high: quantile(differences, 0.975),
  }
}

/** Of as many as there are, each picked from all of them. */
function medianOfDrawn(values: number[]): number {
  const drawn = Float64Array.from(values, () => values[Math.floor(Math.random() * values.length)] ?? Number.NaN)
  return drawn.sort()[Math.floor(drawn.length / 2)] ?? Number.NaN
}
