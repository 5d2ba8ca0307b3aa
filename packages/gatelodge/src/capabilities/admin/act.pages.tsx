// The form of one act: what it does, to whom, and why.
import type { Account } from '../../identity/accounts/account.ts'
import { type Problem, problemText } from '../../text/problem-text.ts'
import type { Site } from '../../web/site/site.ts'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'
import { Checkbox, Field, Form } from '../../web/ui/fields.tsx'
import type { ActField } from './act.form.ts'

export interface ActWords {
  title: string
  lead: string
  button: string
}

interface Props {
  frame: ConsoleFrame
  words: ActWords
  /** The form's own address, and where one came from. */
  path: string
  back: { path: string; label: string }
  /** undefined: it is about to be made. */
  account: Account | undefined
  fields: ActField[]
  /** What stands in the fields. */
  values: Partial<Record<string, string>>
  /** Names of groups to choose from. */
  groups: string[]
  asksWhy: boolean
  isGrave: boolean
}

export const ActPage = ({ frame, words, path, back, account, asksWhy, isGrave, ...form }: Props) => {
  const { site, flash, token } = frame
  const problems = flash.form?.problems ?? []
  return (
    <ConsoleLayout frame={frame} title={words.title} back={back}>
      <p class="lead">{words.lead}</p>
      {account && <Whom account={account} />}
      <Form action={path} token={token}>
        {form.fields.map((name) => (
          <One site={site} name={name} problems={problems} values={form.values} groups={form.groups} />
        ))}
        {asksWhy && (
          <Field
            site={site}
            name="reason"
            autocomplete="off"
            value={form.values.reason}
            hint={site.text.console.reasonHint}
            problems={problems}
          />
        )}
        <button type="submit" class={isGrave ? 'button danger' : 'button'}>
          {words.button}
        </button>
      </Form>
      <a class="aside-link" href={back.path}>
        {site.text.console.cancel}
      </a>
    </ConsoleLayout>
  )
}

const Whom = ({ account }: { account: Account }) => (
  <p class="whom">
    <bdi translate="no">{account.name}</bdi>{' '}
    <small dir="ltr" translate="no">
      {account.email}
    </small>
  </p>
)

interface OneProps extends Pick<Props, 'values' | 'groups'> {
  site: Site
  name: ActField
  problems: Problem[]
}

const One = ({ site, name, problems, values, groups }: OneProps) => {
  switch (name) {
    case 'account_name':
      return <Field site={site} name={name} autocomplete="off" value={values[name]} problems={problems} />
    case 'account_email':
      return <Field site={site} name={name} type="email" autocomplete="off" value={values[name]} problems={problems} />
    case 'verified':
      return <Checkbox site={site} name={name} hint={site.text.console.verifiedHint} checked={values[name] === 'yes'} />
    case 'group':
      return <GroupChoice site={site} problems={problems} chosen={values[name]} groups={groups} />
    case 'session':
    case 'connection':
      return <input type="hidden" name={name} value={values[name]} />
  }
}

interface GroupProps {
  site: Site
  problems: Problem[]
  chosen: string | undefined
  groups: string[]
  /** How many of the accounts that are to join are in a group already. */
  members?: Map<string, number>
}

const labelOf = ({ text }: Site, group: string, count: number) =>
  count > 0 ? text.console.bulk.withMembers({ group, count }) : group

export const GroupChoice = ({ site, problems, chosen, groups, members }: GroupProps) => {
  const problem = problems.find(({ field }) => field === 'group')
  return (
    <div class="field">
      <label for="group">{site.text.labels.group}</label>
      {problem && (
        <p class="error" id="group-error">
          <span class="unseen">{site.text.errorMark}</span> {problemText(site.text, problem)}
        </p>
      )}
      <select
        id="group"
        name="group"
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem && 'group-error'}
      >
        <option value="">{site.text.chooseOne}</option>
        {groups.map((name) => (
          <option value={name} selected={name === chosen}>
            {labelOf(site, name, members?.get(name) ?? 0)}
          </option>
        ))}
      </select>
    </div>
  )
}

interface LinkProps {
  frame: ConsoleFrame
  back: { path: string; label: string }
  address: string
}

/** It is shown once: anyone who has it can set the password. */
export const ResetLinkPage = ({ frame, back, address }: LinkProps) => {
  const words = frame.site.text.console.resetLink
  return (
    <ConsoleLayout frame={frame} title={words.title} back={back}>
      <p class="lead">{words.lead({ life: frame.site.text.formats.life(frame.site.resetLinkLife) })}</p>
      <p class="code" dir="ltr" translate="no">
        {address}
      </p>
    </ConsoleLayout>
  )
}
