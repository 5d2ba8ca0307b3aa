// How far imports are. The command does them: nothing is uploaded here.
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import type { Text } from '../../text/text.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { WithName } from '../../web/ui/with-name.tsx'
import type { ListedImport } from './imports.rules.ts'
import { Onward, withQuery } from './lists.pages.tsx'

const command = 'gatelodge import'

interface Props {
  frame: ConsoleFrame
  imports: ListedImport[]
  next: Buffer | undefined
  /** This is not the first page. */
  isLater: boolean
  now: number
}

export const ImportsPage = ({ frame, imports, next, isLater, now }: Props) => {
  const { site } = frame
  const { imports: words, bulk } = site.text.console
  const path = paths.consoleImports
  const isUnderWay = imports.some(({ state }) => state === 'running')
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      lead={
        <p class="lead">
          <WithName words={words.lead({ command })} name={command} />
        </p>
      }
      {...(isUnderWay && { way: { path, label: bulk.refresh } })}
    >
      {imports.length === 0 ? (
        <p class="nothing">{words.none}</p>
      ) : (
        <ul class="people imports">
          {imports.map((one) => (
            <Row site={site} one={one} now={now} />
          ))}
        </ul>
      )}
      <Onward
        site={site}
        first={isLater ? path : undefined}
        next={next && withQuery(path, { before: stringify(next) })}
      />
    </ConsoleLayout>
  )
}

const looks = { running: 'badge', stopped: 'badge warn', finished: 'badge good' } as const

const Row = ({ site, one, now }: { site: Site; one: ListedImport; now: number }) => {
  const words = site.text.console.imports
  const { source, system, state, at, rows, total } = one
  return (
    <li>
      <div>
        <b>
          <bdi translate="no">{source}</bdi>
        </b>{' '}
        <small>
          <Parts of={numbers(site.text, one)} />
        </small>{' '}
        {state === 'running' && total !== undefined && (
          <progress max={total} value={rows} aria-label={words.progress({ source })} />
        )}
        {state === 'stopped' && <small>{words.again}</small>}
      </div>
      <p>
        <span class={looks[state]}>{words.states[state]}</span>
      </p>
      <small>
        <Parts of={[system !== '' && <span translate="no">{system}</span>, <Moment site={site} at={at} now={now} />]} />
      </small>
    </li>
  )
}

function numbers({ console: { imports: words }, formats }: Text, one: ListedImport): string[] {
  const { state, rows, total, imported, rejected, rate, left } = one
  const isOver = total === undefined || total === rows
  return [
    isOver ? words.rows({ rows }) : words.someRows({ rows, total }),
    words.imported({ imported }),
    words.rejected({ rejected }),
    ...(rate > 0 ? [words.rate({ rate })] : []),
    ...(state === 'running' && left !== undefined ? [words.left({ time: formats.wait(left) })] : []),
  ]
}
