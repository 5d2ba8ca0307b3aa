// What became of each account of an act on several, and all such acts that were ordered lately.
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import type { Text } from '../../text/text.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { toAccounts } from './bulk.pages.tsx'
import type { BulkAccount, KnownBulkAct } from './bulk.rules.ts'
import { Onward, Whose, withQuery } from './lists.pages.tsx'

interface ActProps {
  frame: ConsoleFrame
  act: KnownBulkAct
  accounts: BulkAccount[]
  now: number
}

export const BulkActPage = ({ frame, act, accounts, now }: ActProps) => {
  const { site } = frame
  const words = site.text.console.bulk
  const path = pathOf(act)
  return (
    <ConsoleLayout
      frame={frame}
      title={titleOf(site.text, act)}
      back={{ path: paths.consoleBulkActs, label: words.title }}
      lead={
        <p class="lead">
          <Progress site={site} act={act} />
          <span class="line">
            <Ordered site={site} act={act} now={now} />
          </span>
        </p>
      }
      {...(!act.isFinished && { way: { path, label: words.refresh } })}
    >
      <ul class="people">
        {accounts.map((account) => (
          <Row site={site} {...account} />
        ))}
      </ul>
    </ConsoleLayout>
  )
}

const pathOf = ({ id }: KnownBulkAct) => `${paths.consoleBulkActs}/${stringify(id)}`

/** One that this release does not know any more has its name. */
function titleOf({ console: { bulk } }: Text, { act, group }: KnownBulkAct): string {
  const known = Object.entries(bulk.acts).find(([name]) => name === act)
  const title = known ? known[1].name : act
  return group === null ? title : bulk.toGroup({ title, group })
}

const Progress = ({ site, act }: { site: Site; act: KnownBulkAct }) => {
  const { progress, result } = site.text.console.bulk
  const { accounts, waiting, done } = act
  const refused = accounts - waiting - done
  return <>{act.isFinished ? result({ done, refused }) : progress({ over: accounts - waiting, accounts })}</>
}

const Ordered = ({ site, act, now }: { site: Site; act: KnownBulkAct; now: number }) => {
  const { account: words } = site.text.console
  return (
    <Parts
      of={[
        act.by && (
          <>
            {words.actors.administrator} <bdi translate="no">{act.by.name}</bdi>
          </>
        ),
        <Moment site={site} at={act.at} now={now} />,
        act.reason && (
          <>
            {words.because} <bdi translate="no">{act.reason}</bdi>
          </>
        ),
      ]}
    />
  )
}

const Row = ({ site, id, known, outcome }: BulkAccount & { site: Site }) => {
  const words = site.text.console.bulk
  const refusals: Record<string, string> = site.text.console.refusals
  const why = outcome !== null && Object.hasOwn(refusals, outcome) ? refusals[outcome] : refusals.other
  return (
    <li>
      <div>
        <Whose site={site} id={id} known={known} />
      </div>
      <p>
        {outcome === null && <span class="badge">{words.waiting}</span>}
        {outcome === 'done' && <span class="badge good">{words.done}</span>}
        {outcome !== null && outcome !== 'done' && <span class="badge warn">{words.notDone}</span>}
      </p>
      <small>{outcome !== null && outcome !== 'done' && why}</small>
    </li>
  )
}

interface ActsProps {
  frame: ConsoleFrame
  acts: KnownBulkAct[]
  next: Buffer | undefined
  isLater: boolean
  now: number
}

export const BulkActsPage = ({ frame, acts, next, isLater, now }: ActsProps) => {
  const { site } = frame
  const words = site.text.console.bulk
  const path = paths.consoleBulkActs
  return (
    <ConsoleLayout frame={frame} title={words.title} back={toAccounts(site)} lead={<p class="lead">{words.lead}</p>}>
      {acts.length === 0 ? (
        <p class="nothing">{words.none}</p>
      ) : (
        <ul class="people">
          {acts.map((act) => (
            <li>
              <div>
                <a href={pathOf(act)}>{titleOf(site.text, act)}</a>{' '}
                <small>
                  <Progress site={site} act={act} />
                </small>
              </div>
              <p>{!act.isFinished && <span class="badge">{words.underWay}</span>}</p>
              <small>
                <Ordered site={site} act={{ ...act, reason: null }} now={now} />
              </small>
            </li>
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
