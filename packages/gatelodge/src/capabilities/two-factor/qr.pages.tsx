// A QR code as inline SVG: no script, no image from elsewhere, and the same in the dark.
import { encode } from 'uqr'

/** @param label its text alternative. */
export const QrCode = ({ data, label }: { data: string; label: string }) => {
  const { data: rows, size } = encode(data, { ecc: 'M', border: 4 })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={pathOf(rows)} />
    </svg>
  )
}

/** One stroke for each run of dark squares. */
function pathOf(rows: boolean[][]): string {
  return rows
    .map((row, y) =>
      runsOf(row)
        .map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
        .join(''),
    )
    .join('')
}

function runsOf(row: boolean[]): [number, number][] {
  const runs: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1)
    if (!isDark) continue
    if (last && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  }
  return runs
}
