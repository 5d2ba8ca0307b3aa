import { stringify } from 'uuid'
import type { Signals } from '../../identity/passkeys/rules.ts'
import type { Passkey } from '../../identity/passkeys/storage.ts'
import { paths } from '../../paths.ts'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import { Field, Form, Submit } from '../../web/ui/fields.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { LastUsed, Moment } from '../../web/ui/moment.tsx'
import { Parts } from '../../web/ui/parts.tsx'
import { PasskeyButton } from '../../web/ui/passkey-button.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  now: number
}

/** The address of a page about one of them. */
export const withPasskey = (path: string, id: string) => `${path}?passkey=${encodeURIComponent(id)}`

interface ListProps extends Props {
  passkeys: Passkey[]
  /** Why none can be added now. */
  bar: 'unverified' | 'too-many' | undefined
  signals: Signals
  /** Whether one is asked for behind the password, and how many recovery codes are left; undefined: nothing is said of it. */
  afterPassword: { isOn: false } | { isOn: true; left: number; all: number } | undefined
}

export const PasskeysPage = ({ site, token, flash, now, passkeys, bar, signals, afterPassword }: ListProps) => {
  const words = site.text.passkeys
  return (
    <Layout site={site} title={words.title} flash={flash} logOutToken={token}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div data-passkey-signals={JSON.stringify(signals)}>
        {passkeys.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ul class="devices">
            {passkeys.map((one) => (
              <Card site={site} passkey={one} now={now} />
            ))}
          </ul>
        )}
      </div>
      {bar === undefined && site.offersPasskeys && (
        <a class="button" href={paths.addPasskey}>
          {words.add}
        </a>
      )}{' '}
      {bar === 'unverified' && (
        <>
          <p>{words.notVerified}</p>
          <a class="button" href={paths.verifyEmail}>
            {site.text.account.verify}
          </a>{' '}
        </>
      )}
      {bar === 'too-many' && <p>{words.tooMany}</p>}
      {!site.offersPasskeys && <p>{words.noDomain}</p>}
      {afterPassword && <AfterPassword site={site} token={token} state={afterPassword} />}
      <a class="aside-link" href={paths.account}>
        {site.text.backToAccount}
      </a>
    </Layout>
  )
}

interface SwitchProps extends Pick<Props, 'site' | 'token'> {
  state: NonNullable<ListProps['afterPassword']>
}

const AfterPassword = ({ site, token, state }: SwitchProps) => {
  const words = site.text.passkeys.afterPassword
  return (
    <>
      <h2>{words.title}</h2>
      <p>{state.isOn ? words.on : words.off}</p>
      {state.isOn && (
        <p>
          {words.codesLeft(state)} <a href={paths.recoveryCodes}>{words.seeCodes}</a>
        </p>
      )}
      <Form action={paths.passkeys} token={token}>
        <input type="hidden" name="after_password" value={state.isOn ? 'off' : 'on'} />
        <button type="submit" class="button plain">
          {state.isOn ? words.turnOff : words.turnOn}
        </button>
      </Form>
    </>
  )
}

const Card = ({ site, passkey, now }: { site: Site; passkey: Passkey; now: number }) => {
  const words = site.text.passkeys
  const { name, createdAt, lastUsedAt, isSyncable } = passkey
  const id = stringify(passkey.id)
  return (
    <li>
      <div>
        <p>
          <b>
            <bdi translate="no">{name}</bdi>
          </b>{' '}
          <span class="badge">{isSyncable ? words.synced : words.thisDeviceOnly}</span>
        </p>
        <small>
          <Parts
            of={[
              <>
                {words.made} <Moment site={site} at={createdAt} now={now} />
              </>,
              <LastUsed site={site} words={words} at={lastUsedAt} now={now} />,
            ]}
          />
        </small>
      </div>
      <a href={withPasskey(paths.renamePasskey, id)} aria-label={words.renameThis({ name })}>
        {words.rename}
      </a>{' '}
      <a href={withPasskey(paths.removePasskey, id)} aria-label={words.removeThis({ name })}>
        {words.remove}
      </a>
    </li>
  )
}

export const AddPage = ({ site, token, flash }: Props) => {
  const words = site.text.passkeys
  return (
    <Layout site={site} title={words.addTitle} flash={flash} logOutToken={token}>
      <h1>{words.addTitle}</h1>
      <p class="lead">{words.addLead}</p>
      <p data-without-passkeys>{words.needsScript}</p>
      <PasskeyButton site={site} action={paths.addPasskey} kind="add" token={token} label={words.addButton} />
      <BackToList site={site} />
    </Layout>
  )
}

interface OneProps extends Props {
  passkey: Passkey
}

export const RenamePage = ({ site, token, flash, passkey }: OneProps) => {
  const words = site.text.passkeys
  const { values, problems = [] } = flash.form ?? {}
  return (
    <Layout site={site} title={words.renameTitle} flash={flash} logOutToken={token}>
      <h1>{words.renameTitle}</h1>
      <p class="lead">{words.renameLead}</p>
      <Form action={withPasskey(paths.renamePasskey, stringify(passkey.id))} token={token}>
        <input type="hidden" name="passkey" value={stringify(passkey.id)} />
        <Field
          site={site}
          name="passkey_name"
          autocomplete="off"
          value={values?.passkey_name ?? passkey.name}
          problems={problems}
        />
        <Submit>{words.renameButton}</Submit>
      </Form>
      <BackToList site={site} />
    </Layout>
  )
}

/** @param turnsOff it is the last one, and one is asked for behind the password. */
export const RemovePage = ({ site, token, flash, passkey, turnsOff }: OneProps & { turnsOff: boolean }) => {
  const words = site.text.passkeys
  return (
    <Layout site={site} title={words.removeTitle} flash={flash} logOutToken={token}>
      <h1>{words.removeTitle}</h1>
      <p class="lead">
        <b>
          <bdi translate="no">{passkey.name}</bdi>
        </b>
      </p>
      <p>{words.removeLead}</p>
      <p>{words.deviceKeeps}</p>
      {turnsOff && <p>{words.afterPassword.endsWithLast}</p>}
      <Form action={withPasskey(paths.removePasskey, stringify(passkey.id))} token={token}>
        <input type="hidden" name="passkey" value={stringify(passkey.id)} />
        <Submit>{words.removeButton}</Submit>
      </Form>
      <BackToList site={site} />
    </Layout>
  )
}

const BackToList = ({ site }: { site: Site }) => (
  <a class="aside-link" href={paths.passkeys}>
    {site.text.passkeys.back}
  </a>
)
