// API keys, for the people who run the site.
import { scopes } from '../../identity/keys/scopes.ts'
import { paths } from '../../paths.ts'
import { type Problem, problemText } from '../../text/problem-text.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { LastUsed, Moment } from '../../web/ui/moment.tsx'
import { Paging } from '../../web/ui/paging.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { boxOf, usualDays } from './key.form.ts'
import type { ListedKey } from './keys.rules.ts'

interface Props {
  frame: ConsoleFrame
  keys: ListedKey[]
  next: string | undefined
  now: number
}

export const KeysPage = ({ frame, keys, next, now }: Props) => {
  const { site } = frame
  const words = site.text.console.keys
  return (
    <ConsoleLayout
      frame={frame}
      title={words.title}
      lead={<p class="lead">{words.lead}</p>}
      way={{ path: paths.consoleNewKey, label: site.text.console.acts['create-key'].link }}
    >
      {keys.length === 0 ? (
        <p class="nothing">{words.none}</p>
      ) : (
        <ul class="devices">
          {keys.map((one) => (
            <Row site={site} one={one} now={now} />
          ))}
        </ul>
      )}
      <Paging site={site} path={paths.consoleKeys} previous={undefined} next={next} />
    </ConsoleLayout>
  )
}

const Row = ({ site, one, now }: { site: Site; one: ListedKey; now: number }) => {
  const words = site.text.console.keys
  const { name, state, createdAt, expiresAt, lastUsedAt } = one
  return (
    <li>
      <div>
        <p>
          <b>
            <bdi translate="no">{name}</bdi>
          </b>{' '}
          <span class="badge quiet">{words.states[state]}</span>
        </p>
        <small>
          <Parts
            of={[
              <bdi translate="no">{one.scopes.join(', ')}</bdi>,
              <>
                {words.made} <Moment site={site} at={createdAt} now={now} />
              </>,
              <LastUsed site={site} words={words} at={lastUsedAt} now={now} />,
              words.expires({ moment: site.text.formats.moment(expiresAt) }),
            ]}
          />
        </small>
      </div>
      {state === 'active' && (
        <a
          class="button plain small"
          href={`${paths.consoleRevokeKey}?${new URLSearchParams({ key: name })}`}
          aria-label={words.revokeThis({ key: name })}
        >
          {words.revoke}
        </a>
      )}
    </li>
  )
}

const back = ({ text }: Site) => ({ path: paths.consoleKeys, label: text.console.keys.title })

export const NewKeyPage = ({ frame }: { frame: ConsoleFrame }) => {
  const { site, flash, token } = frame
  const { keys: words, acts } = site.text.console
  const { values = {}, problems = [] } = flash.form ?? {}
  const given = { values, problems }
  return (
    <ConsoleLayout frame={frame} title={acts['create-key'].title} back={back(site)}>
      <p class="lead">{acts['create-key'].lead}</p>
      <Form action={paths.consoleNewKey} token={token}>
        <Field
          {...{ site, name: 'key_name', autocomplete: 'off', problems }}
          value={values.key_name}
          hint={words.nameHint}
        />
        <Scopes site={site} {...given} />
        <Field
          {...{ site, name: 'days', autocomplete: 'off', problems }}
          value={values.days ?? usualDays}
          hint={words.daysHint}
        />
        <Submit>{acts['create-key'].button}</Submit>
      </Form>
    </ConsoleLayout>
  )
}

interface ScopesProps {
  site: Site
  values: Partial<Record<string, string>>
  problems: Problem[]
}

const Scopes = ({ site, values, problems }: ScopesProps) => {
  const problem = problems.find(({ field }) => field === 'scopes')
  return (
    <fieldset class="choices" id="scopes" tabindex={-1} aria-describedby={problem && 'scopes-error'}>
      <legend>{site.text.console.keys.may}</legend>
      {problem && (
        <p class="error" id="scopes-error">
          <span class="unseen">{site.text.errorMark}</span> {problemText(site.text, problem)}
        </p>
      )}
      {scopes.map((scope) => (
        <label class="check">
          <input
            type="checkbox"
            id={boxOf(scope)}
            name={boxOf(scope)}
            value="yes"
            checked={values[boxOf(scope)] === 'yes'}
          />
          <span>
            <bdi translate="no">{scope}</bdi> <small>{site.text.console.keys.scopes[scope]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Only its hash is stored. */
export const KeyPage = ({ frame, name, text }: { frame: ConsoleFrame; name: string; text: string }) => {
  const { site } = frame
  const words = site.text.console.keys
  return (
    <ConsoleLayout frame={frame} title={words.onceTitle} back={back(site)}>
      <p class="lead">{words.onceLead({ key: name })}</p>
      <p class="code" dir="ltr" translate="no">
        {text}
      </p>
    </ConsoleLayout>
  )
}

export const RevokeKeyPage = ({ frame, apiKey }: { frame: ConsoleFrame; apiKey: ListedKey }) => {
  const { site, token } = frame
  const words = site.text.console.acts['revoke-key']
  return (
    <ConsoleLayout frame={frame} title={words.title} back={back(site)}>
      <p class="lead">{words.lead}</p>
      <p class="whom">
        <bdi translate="no">{apiKey.name}</bdi> <small translate="no">{apiKey.scopes.join(', ')}</small>
      </p>
      <Form action={paths.consoleRevokeKey} token={token}>
        <input type="hidden" name="key_name" value={apiKey.name} />
        <button type="submit" class="button danger">
          {words.button}
        </button>
      </Form>
      <a class="aside-link" href={paths.consoleKeys}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}
