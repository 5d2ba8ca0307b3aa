// The front page of the console: charts that the server draws, and the same numbers as a table.
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import type { Overview, Series } from './overview.rules.ts'

interface Props {
  frame: ConsoleFrame
  overview: Overview
}

export const OverviewPage = ({ frame, overview }: Props) => {
  const { overview: words } = frame.site.text.console
  return (
    <ConsoleLayout frame={frame} title={words.title}>
      <p class="lead">{words.lead}</p>
      <div class="charts">
        {overview.series.map((series) => (
          <Chart site={frame.site} overview={overview} series={series} />
        ))}
      </div>
      <details class="twin">
        <summary>{words.table}</summary>
        <Twin site={frame.site} overview={overview} />
      </details>
    </ConsoleLayout>
  )
}

/** Of the drawing, in its own units. */
const drawing = { width: 266, height: 104, bar: 22, step: 38, foot: 84, top: 18 }

interface ChartProps {
  site: Site
  overview: Overview
  series: Series
}

const Chart = ({ site, overview, series }: ChartProps) => {
  const { formats, console: words } = site.text
  const total = series.counts.reduce((sum, count) => sum + count, 0)
  return (
    <figure class="chart">
      <figcaption>
        <span>{words.overview.series[series.name]}</span> <strong>{formats.count(total)}</strong>
      </figcaption>
      {total === 0 ? <p>{words.overview.none}</p> : <Bars site={site} overview={overview} series={series} />}
    </figure>
  )
}

const Bars = ({ site, overview, series }: ChartProps) => {
  const words = site.text.console.overview
  const most = Math.max(...series.counts)
  return (
    <svg
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      role="img"
      aria-label={words.chart({ series: words.series[series.name] })}
      dir="ltr"
    >
      <path class="ground" d={`M0 ${drawing.foot + 0.5}H${drawing.width}`} />
      {series.counts.map((count, index) => (
        <Bar site={site} at={overview.days[index] ?? 0} index={index} count={count} most={most} />
      ))}
    </svg>
  )
}

interface BarProps {
  site: Site
  at: number
  index: number
  count: number
  /** The highest of the chart. */
  most: number
}

const Bar = ({ site, at, index, count, most }: BarProps) => {
  const { formats } = site.text
  const height = most === 0 ? 0 : Math.max(2, Math.round((count / most) * (drawing.foot - drawing.top)))
  const middle = drawing.step * index + drawing.step / 2
  return (
    <>
      {count > 0 && (
        <rect x={middle - drawing.bar / 2} y={drawing.foot - height} width={drawing.bar} height={height} rx="3" />
      )}
      {count > 0 && (
        <text class="value" x={middle} y={drawing.foot - height - 5}>
          {formats.shortCount(count)}
        </text>
      )}
      <text x={middle} y={drawing.height - 4}>
        {formats.weekday(at)}
      </text>
    </>
  )
}

const Twin = ({ site, overview }: { site: Site; overview: Overview }) => {
  const { formats, console: words } = site.text
  const counted = (count: number) =>
    count >= overview.most ? words.overview.atLeast({ count: formats.count(count) }) : formats.count(count)
  return (
    <section class="scrolls" aria-label={words.overview.table} tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.overview.day}</th>
            {overview.series.map(({ name }) => (
              <th scope="col" class="number">
                {words.overview.series[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {overview.days.map((at, index) => (
            <tr>
              <th scope="row">{formats.day(at)}</th>
              {overview.series.map(({ counts }) => (
                <td class="number">{counted(counts[index] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
