// Form fields: label, hint, what is wrong, input, in this order, tied together for screen readers.
import type { Child } from 'hono/jsx'
import { type Problem, problemText } from '../../text/problem-text.ts'
import { formTokenField } from '../forms/form-token.ts'
import type { Site } from '../site/site.ts'

interface FieldProps {
  site: Site
  name: keyof Site['text']['labels']
  type?: 'text' | 'email' | 'password'
  autocomplete: string
  value?: string | undefined
  hint?: string
  /** The one field, if any, that waits for typing when the page opens. */
  autofocus?: boolean
  problems: Problem[]
  /** For "at least N characters". */
  least?: number
  /** The field whose message is about this one as well. */
  wrongWith?: string | undefined
  /** Stands below the message, such as a link to where the way goes on. */
  wayOut?: Child
}

export const Field = ({
  site,
  name,
  type = 'text',
  autocomplete,
  value,
  hint,
  autofocus,
  problems,
  least,
  wrongWith,
  wayOut,
}: FieldProps) => {
  const problem = problems.find((one) => one.field === name)
  const error = problem ? `${name}-error` : wrongWith && `${wrongWith}-error`
  const describedBy = [hint && `${name}-hint`, error].filter(Boolean).join(' ') || undefined
  const input = (
    <input
      id={name}
      name={name}
      type={type}
      value={value}
      autocomplete={autocomplete}
      autocapitalize={type === 'text' ? 'words' : 'off'}
      spellcheck={type === 'text' ? undefined : false}
      autofocus={autofocus}
      enterkeyhint={type === 'password' ? 'go' : 'next'}
      translate={type === 'email' ? 'no' : undefined}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={describedBy}
      {...(autocomplete === 'new-password' && newPassword(site, least))}
    />
  )
  return (
    <div class="field">
      <label for={name}>{site.text.labels[name]}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="error" id={`${name}-error`}>
          <span class="unseen">{site.text.errorMark}</span> {problemText(site.text, problem, { least })}
          {wayOut}
        </p>
      )}
      {type === 'password' ? <WithShowButton site={site}>{input}</WithShowButton> : input}
      {autocomplete === 'new-password' && <script type="module" src={site.assets.passwordScript} />}
    </div>
  )
}

/** For password managers, and for the script that advises while one types. */
const newPassword = ({ text: { passwordAdvice } }: Site, least = 0) => ({
  passwordrules: `minlength: ${least};`,
  'data-least': least,
  'data-short': passwordAdvice.short({ least }),
  'data-common': passwordAdvice.common,
})

/** A code that people copy from somewhere: shown as it is typed, with the keyboard that fits, in one field. */
export const CodeField = ({
  site,
  name,
  hint,
  autofocus,
  problems,
}: {
  site: Site
  name: 'code' | 'recovery_code'
  hint?: string
  autofocus?: boolean
  problems: Problem[]
}) => {
  const problem = problems.find((one) => one.field === name)
  const describedBy = [hint && `${name}-hint`, problem && `${name}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div class="field">
      <label for={name}>{site.text.labels[name]}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="error" id={`${name}-error`}>
          <span class="unseen">{site.text.errorMark}</span> {problemText(site.text, problem)}
        </p>
      )}
      <input
        id={name}
        name={name}
        type="text"
        inputmode={name === 'code' ? 'numeric' : 'text'}
        autocomplete={name === 'code' ? 'one-time-code' : 'off'}
        autocapitalize="off"
        spellcheck={false}
        dir="ltr"
        autofocus={autofocus}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy}
      />
    </div>
  )
}

/** The button comes with the script, without which it could do nothing; its words come from here. */
const WithShowButton = ({ site, children }: { site: Site; children?: Child }) => (
  <div
    class="with-button"
    data-show={site.text.showPassword}
    data-hide={site.text.hidePassword}
    data-visible={site.text.passwordVisible}
    data-hidden={site.text.passwordHidden}
  >
    {children}
  </div>
)

export const Checkbox = ({
  site,
  name,
  hint,
  checked,
}: {
  site: Site
  name: keyof Site['text']['labels']
  hint: string
  checked: boolean
}) => (
  <div>
    <label class="check">
      <input type="checkbox" id={name} name={name} value="yes" checked={checked} />
      <span>
        {site.text.labels[name]} <small>{hint}</small>
      </span>
    </label>
  </div>
)

/** Our forms check on the server and speak for themselves, so the browser's own bubbles are off. */
export const Form = ({
  action,
  token,
  returnTo,
  plain,
  file,
  children,
}: {
  action: string
  /** None in a form of visitors. */
  token?: string | undefined
  returnTo?: string | undefined
  /** A row of buttons, as wide as it needs. */
  plain?: boolean
  /** It is answered by a file, and the page stays as it is. */
  file?: boolean
  children?: Child
}) => (
  <form method="post" action={action} novalidate class={plain ? 'plain' : undefined} data-file={file ? '' : undefined}>
    {token && <input type="hidden" name={formTokenField} value={token} />}
    {returnTo && <input type="hidden" name="return_to" value={returnTo} />}
    {children}
  </form>
)

interface SubmitProps {
  /** Stands on it while the answer takes its time. */
  busy?: string
  children?: Child
}

export const Submit = ({ busy, children }: SubmitProps) => (
  <button type="submit" class="button" data-busy={busy}>
    {children}
  </button>
)

/** For password managers: which account the password belongs to. */
export const AccountName = ({ site, email }: { site: Site; email: string }) => (
  <input
    class="unseen"
    type="text"
    name="username"
    value={email}
    autocomplete="username"
    readonly
    tabindex={-1}
    aria-label={site.text.labels.email}
  />
)

/** The password of an account that nobody is logged in to here. */
export const AccountPassword = ({ site, email, problems }: { site: Site; email: string; problems: Problem[] }) => (
  <>
    <AccountName site={site} email={email} />
    <Field site={site} name="password" type="password" autocomplete="current-password" problems={problems} />
  </>
)

/** An address by itself, for people to look at. */
export const AddressToConfirm = ({ email }: { email: string }) => (
  <p class="address" dir="ltr" translate="no">
    {email}
  </p>
)
