// Invitations, for the people who run the site: all of them, a form for a new one, and its link, shown once.
import { stringify } from 'uuid'
import { paths } from '../../paths.ts'
import type { Problem } from '../../text/problem-text.ts'
import type { Milliseconds } from '../../time.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import { Paging } from '../../web/ui/paging.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import type { ListedInvitation } from './list.rules.ts'

interface Props {
  frame: ConsoleFrame
  invitations: ListedInvitation[]
  next: string | undefined
  now: number
}

export const InvitationsPage = ({ frame, invitations, next, now }: Props) => {
  const { site } = frame
  const words = site.text.console.invitations
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      lead={<p class="lead">{words.lead}</p>}
      way={{ path: paths.consoleNewInvitation, label: words.create }}
    >
      {invitations.length === 0 ? (
        <p class="nothing">{words.none}</p>
      ) : (
        <ul class="devices">
          {invitations.map((one, at) => (
            <Row frame={frame} one={one} place={at + 1} now={now} />
          ))}
        </ul>
      )}
      <Paging site={site} path={paths.consoleInvitations} previous={undefined} next={next} />
    </ConsoleLayout>
  )
}

interface RowProps {
  frame: ConsoleFrame
  one: ListedInvitation
  /** In the list: two links for anyone look the same. */
  place: number
  now: number
}

const Row = ({ frame: { site, token }, one, place, now }: RowProps) => {
  const words = site.text.console.invitations
  const { state, email, emailKey, groups, used, mostUses, createdAt } = one
  const other = words[emailKey ? 'one' : 'anyone']
  return (
    <li>
      <div>
        <p>
          <b>
            {email ? (
              <bdi dir="ltr" translate="no">
                {email}
              </bdi>
            ) : (
              other
            )}
          </b>{' '}
          <span class="badge quiet">{words.states[state]}</span>
        </p>
        <small>
          <Parts
            of={[
              <>
                {words.made} <Moment site={site} at={createdAt} now={now} />
              </>,
              words.used({ used, most: mostUses }),
              groups.length > 0 && <bdi translate="no">{groups.join(', ')}</bdi>,
              words.expires({ moment: site.text.formats.moment(one.expiresAt) }),
            ]}
          />
        </small>
      </div>
      {one.isRevocable && (
        <Form action={paths.consoleInvitations} token={token} plain>
          <input type="hidden" name="invitation" value={stringify(one.id)} />
          <button
            type="submit"
            class="button plain small"
            aria-label={words.revokeThis({ place, invitation: email ?? other })}
          >
            {words.revoke}
          </button>
        </Form>
      )}
    </li>
  )
}

interface NewProps {
  frame: ConsoleFrame
  /** Names of groups, to choose from. */
  groups: string[]
  /** How long one lasts of which nothing else is said. */
  usualLife: Milliseconds
}

export const NewInvitationPage = ({ frame, groups, usualLife }: NewProps) => {
  const { site, flash, token } = frame
  const words = site.text.console.invitations
  const { values = {}, problems = [] } = flash.form ?? {}
  const life = site.text.formats.life(usualLife)
  return (
    <ConsoleLayout frame={frame} title={words.create} back={{ path: paths.consoleInvitations, label: words.title }}>
      <p class="lead">{words.createLead}</p>
      <Form action={paths.consoleNewInvitation} token={token}>
        <One site={site} name="invited_email" values={values} problems={problems} hint={words.emailHint} />
        <One
          site={site}
          name="groups"
          values={values}
          problems={problems}
          hint={groups.length > 0 ? words.groupsHint({ groups: groups.join(', ') }) : words.noGroups}
        />
        <One site={site} name="uses" values={values} problems={problems} hint={words.usesHint} />
        <One site={site} name="days" values={values} problems={problems} hint={words.daysHint({ life })} />
        <Submit>{words.button}</Submit>
      </Form>
    </ConsoleLayout>
  )
}

interface OneProps {
  site: Site
  name: 'invited_email' | 'groups' | 'uses' | 'days'
  values: Partial<Record<string, string>>
  problems: Problem[]
  hint: string
}

const One = ({ site, name, values, problems, hint }: OneProps) => (
  <Field
    site={site}
    name={name}
    type={name === 'invited_email' ? 'email' : 'text'}
    autocomplete="off"
    value={values[name]}
    hint={hint}
    problems={problems}
  />
)

/** Only its hash is stored. */
export const InvitationLinkPage = ({ frame, address }: { frame: ConsoleFrame; address: string }) => {
  const words = frame.site.text.console.invitations
  return (
    <ConsoleLayout frame={frame} title={words.linkTitle} back={{ path: paths.consoleInvitations, label: words.title }}>
      <p class="lead">{words.linkLead}</p>
      <p class="code" dir="ltr" translate="no">
        {address}
      </p>
    </ConsoleLayout>
  )
}
