// Groups: all of them, one with its members, and the forms of what can be done with one.
import type { Account } from '../../identity/accounts/account.ts'
import { administratorsGroup } from '../../identity/groups/names.ts'
import type { Group } from '../../identity/groups/storage.ts'
import { paths } from '../../paths.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Field, Form } from '../../web/ui/fields.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { AccountLine } from './account-line.pages.tsx'
import type { GroupAct } from './groups.form.ts'
import { Onward, withQuery } from './lists.pages.tsx'

/** The name stands in the query: "." is one, and a browser would take it out of a path. */
export const groupPath = (name: string) => withQuery(paths.consoleGroup, { name })

export const groupActPath = (act: GroupAct['name'], name: string | undefined) =>
  withQuery(`${paths.consoleGroups}/${act}`, { name })

interface GroupsProps {
  frame: ConsoleFrame
  groups: Group[]
  next: string | undefined
  /** This is not the first page. */
  isLater: boolean
  now: number
}

export const GroupsPage = ({ frame, groups, next, isLater, now }: GroupsProps) => {
  const { site } = frame
  const words = site.text.console.groups
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      lead={<p class="lead">{words.lead}</p>}
      way={{ path: groupActPath('create-group', undefined), label: site.text.console.acts['create-group'].link }}
    >
      <ol class="events">
        {groups.map(({ name, description, createdAt }) => (
          <li class="whole">
            <a href={groupPath(name)}>
              <bdi translate="no">{name}</bdi>
            </a>{' '}
            <Moment site={site} at={createdAt} now={now} />{' '}
            <small>
              <bdi>{description}</bdi>
            </small>
          </li>
        ))}
      </ol>
      <Onward
        site={site}
        first={isLater ? paths.consoleGroups : undefined}
        next={next && withQuery(paths.consoleGroups, { after: next })}
      />
    </ConsoleLayout>
  )
}

interface GroupProps {
  frame: ConsoleFrame
  group: Group
  members: Account[]
  next: string | undefined
  /** This is not the first page. */
  isLater: boolean
  now: number
}

export const GroupPage = ({ frame, group, members, next, isLater, now }: GroupProps) => {
  const { site } = frame
  const words = site.text.console.groups
  const { name, description } = group
  return (
    <ConsoleLayout
      frame={frame}
      title={name}
      isName
      back={{ path: paths.consoleGroups, label: words.title }}
      lead={
        description && (
          <p class="lead">
            <bdi>{description}</bdi>
          </p>
        )
      }
    >
      <div class="aside-grid">
        <Acts frame={frame} name={name} />
        <div>
          <h2>{words.members}</h2>
          {members.length === 0 ? (
            <p>{words.noMembers}</p>
          ) : (
            <ul class="people">
              {members.map((account) => (
                <li>
                  <AccountLine site={site} account={account} now={now} />
                </li>
              ))}
            </ul>
          )}
          <p class="lead">{words.membersHint}</p>
          <Onward
            site={site}
            first={isLater ? groupPath(name) : undefined}
            next={next && withQuery(paths.consoleGroup, { name, cursor: next })}
          />
        </div>
      </div>
    </ConsoleLayout>
  )
}

const Acts = ({ frame: { site }, name }: { frame: ConsoleFrame; name: string }) => {
  const { acts, account } = site.text.console
  // The group that runs the site is always needed.
  const offered =
    name === administratorsGroup ? (['describe-group'] as const) : (['describe-group', 'delete-group'] as const)
  return (
    <nav class="acts" aria-labelledby="acts">
      <h2 id="acts">{account.acts}</h2>
      <ul>
        {offered.map((act) => (
          <li>
            <a href={groupActPath(act, name)}>{acts[act].link}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface ActProps {
  frame: ConsoleFrame
  act: GroupAct
  /** undefined: it is about to be made. */
  group: Group | undefined
  /** What stands in the fields. */
  values: Partial<Record<string, string>>
}

export const GroupActPage = ({ frame, act, group, values }: ActProps) => {
  const { site, flash, token } = frame
  const problems = flash.form?.problems ?? []
  const words = site.text.console.acts[act.name]
  const back = group
    ? { path: groupPath(group.name), label: group.name }
    : { path: paths.consoleGroups, label: site.text.console.groups.title }
  return (
    <ConsoleLayout frame={frame} title={words.title} back={back}>
      <p class="lead">{words.lead}</p>
      {group && (
        <p class="whom">
          <bdi translate="no">{group.name}</bdi>
        </p>
      )}
      <Form action={groupActPath(act.name, group?.name)} token={token}>
        {act.fields.map((name) => (
          <Field
            site={site}
            name={name}
            autocomplete="off"
            value={values[name]}
            hint={site.text.console.groups.hints[name]}
            problems={problems}
          />
        ))}
        <button type="submit" class={act.name === 'delete-group' ? 'button danger' : 'button'}>
          {words.button}
        </button>
      </Form>
      <a class="aside-link" href={back.path}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}
