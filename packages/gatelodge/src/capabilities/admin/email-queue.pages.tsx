// The emails of the last days, and what became of each. Never what it says.
import { stringify } from 'uuid'
import type { EmailState } from '../../email/state.ts'
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Moment } from '../../web/ui/moment.tsx'
import type { ListedEmail } from './email-queue.rules.ts'
import { Choice, Onward, subjectOf, Whose, withQuery } from './lists.pages.tsx'

interface Props {
  frame: ConsoleFrame
  /** Chosen. */
  state: EmailState | undefined
  emails: ListedEmail[]
  next: string | undefined
  /** This is not the first page. */
  isLater: boolean
  now: number
}

const listPath = (state: string | undefined, before?: string) => withQuery(paths.consoleEmails, { state, before })

export const EmailsPage = ({ frame, state, emails, next, isLater, now }: Props) => {
  const { site } = frame
  const words = site.text.console.emails
  return (
    <ConsoleLayout frame={frame} title={words.title} lead={<p class="lead">{words.lead}</p>}>
      <search>
        <form method="get" action={paths.consoleEmails} class="search plain">
          <Choice
            site={site}
            name="state"
            label={site.text.console.accounts.state}
            chosen={state}
            options={Object.entries(site.text.console.account.emailStates)}
          />
          <button type="submit" class="button">
            {words.show}
          </button>
        </form>
      </search>
      {emails.length === 0 ? (
        <p class="nothing">{words.none}</p>
      ) : (
        <ol class="events">
          {emails.map((email) => (
            <One site={site} email={email} now={now} />
          ))}
        </ol>
      )}
      <Onward site={site} first={isLater ? listPath(state) : undefined} next={next && listPath(state, next)} />
    </ConsoleLayout>
  )
}

const One = ({ site, email, now }: { site: Site; email: ListedEmail; now: number }) => {
  const words = site.text.console.emails
  const { state, accountId, account, tries, failure } = email
  const subject = subjectOf(site, email.kind)
  return (
    <li class="whole">
      <span>
        {subject}{' '}
        <span class={state === 'failed' ? 'badge bad' : 'badge quiet'}>
          {site.text.console.account.emailStates[state]}
        </span>
      </span>{' '}
      <Moment site={site} at={email.at} now={now} />{' '}
      <small>
        {accountId && <Whose site={site} id={accountId} known={account} />}{' '}
        {state !== 'kept' && <span class="part">{words.tries({ tries })}</span>}{' '}
        {failure && (
          <span class="line">
            {words.failure}{' '}
            <bdi dir="ltr" translate="no">
              {failure}
            </bdi>
          </span>
        )}{' '}
        {email.canBeSentAgain && (
          <a
            class="line"
            href={`${paths.consoleEmails}/${stringify(email.id)}/send-again`}
            aria-label={words.againLabel({ email: subject })}
          >
            {words.again}
          </a>
        )}
      </small>
    </li>
  )
}
