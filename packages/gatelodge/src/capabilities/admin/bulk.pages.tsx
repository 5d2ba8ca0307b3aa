// Acts on several accounts: the form, what became of each account, and all that were ordered lately.
import { stringify } from 'uuid'
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import type { Text } from '../../text/text.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Field, Form } from '../../web/ui/fields.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { GroupChoice } from './act.pages.tsx'
import type { BulkAccount, BulkActName, KnownBulkAct } from './bulk.rules.ts'
import type { Foreseen } from './foreseen.rules.ts'
import { Onward, selectedPath, Whose, withQuery } from './lists.pages.tsx'

interface SelectedProps {
  frame: ConsoleFrame
  act: BulkActName
  /** All that were selected. */
  accounts: Account[]
  foreseen: Foreseen
  /** Names of groups to choose from. */
  groups: string[]
  asksWhy: boolean
  /** The id of what is about to be ordered. */
  order: string
}

export const SelectedPage = (props: SelectedProps) => {
  const { frame, act, foreseen } = props
  const { site } = frame
  const { noneToChange, acts } = site.text.console.bulk
  const back = toAccounts(site)
  const count = foreseen.changed.length
  return (
    <ConsoleLayout frame={frame} title={acts[act].title({ count })} back={back}>
      <p class="lead">{count > 0 ? acts[act].lead : noneToChange}</p>
      {count > 0 && <Chosen accounts={foreseen.changed} />}
      <Unchanged site={site} unchanged={foreseen.unchanged} />
      {count > 0 && <SelectedForm {...props} />}
      <a class="aside-link" href={back.path}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}

const SelectedForm = ({ frame, act, accounts, foreseen, groups, asksWhy, order }: SelectedProps) => {
  const { site, flash, token } = frame
  const { values = {}, problems = [] } = flash.form ?? {}
  return (
    <Form action={selectedPath(act, accounts)} token={token}>
      <input type="hidden" name="order" value={order} />
      {act === 'join-group' && (
        <GroupChoice {...{ site, problems, chosen: values.group, groups, members: foreseen.members }} />
      )}
      {asksWhy && (
        <Field
          {...{ site, name: 'reason', autocomplete: 'off', problems }}
          value={values.reason}
          hint={site.text.console.reasonHint}
        />
      )}
      <button type="submit" class={act === 'disable-account' ? 'button danger' : 'button'}>
        {site.text.console.bulk.acts[act].button({ count: foreseen.changed.length })}
      </button>
    </Form>
  )
}

const Unchanged = ({ site, unchanged }: { site: Site } & Pick<Foreseen, 'unchanged'>) => {
  const { bulk, refusals } = site.text.console
  if (unchanged.length === 0) return null
  return (
    <>
      <h2>{bulk.unchanged({ count: unchanged.length })}</h2>
      <ul class="whom">
        {unchanged.map(({ account, why }) => (
          <li>
            <bdi translate="no">{account.name}</bdi>{' '}
            <small dir="ltr" translate="no">
              {account.email}
            </small>{' '}
            <small>{(refusals as Record<string, string>)[why] ?? refusals.other}</small>
          </li>
        ))}
      </ul>
    </>
  )
}

export const toAccounts = ({ text }: Site) => ({ path: paths.consoleAccounts, label: text.console.accounts.title })

export const Chosen = ({ accounts }: { accounts: Pick<Account, 'name' | 'email'>[] }) => (
  <ul class="whom">
    {accounts.map(({ name, email }) => (
      <li>
        <bdi translate="no">{name}</bdi>{' '}
        <small dir="ltr" translate="no">
          {email}
        </small>
      </li>
    ))}
  </ul>
)

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
