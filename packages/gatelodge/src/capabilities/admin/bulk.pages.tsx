// Acts on several accounts: the form, which says before whom it will change.
import type { Account } from '../../identity/accounts/account.ts'
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Field, Form } from '../../web/ui/fields.tsx'
import { GroupChoice } from './act.pages.tsx'
import type { BulkActName } from './bulk.rules.ts'
import type { Foreseen } from './foreseen.rules.ts'
import { selectedPath } from './lists.pages.tsx'

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
