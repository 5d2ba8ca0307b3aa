// What the lists of the console have in common: a filter, the way to the next page, whose row it is.
import { stringify } from 'uuid'
import type { NamedAccount } from '../../identity/accounts/named-storage.ts'
import { paths } from '../../paths.ts'
import type { Site } from '../../web/site/site.ts'
import type { Filters } from './accounts.rules.ts'

/** An address with what is asked for behind it; what is empty is left out. */
export function withQuery(path: string, asked: Record<string, string | undefined>): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/** The page of one account. */
export const accountPath = (id: Buffer) => `${paths.consoleAccounts}/${stringify(id)}`

/** The filters of the list of accounts, as they stand in an address; what is as usual is left out. */
export function askedOf({ query, state, group, factor, order }: Filters): Record<string, string | undefined> {
  return { query, state, group, factor, order: order === 'registered' ? '' : order }
}

export function listPath(filters: Filters, cursor?: string): string {
  return withQuery(paths.consoleAccounts, { ...askedOf(filters), cursor })
}

/** The page of an act on several accounts, which stand in its address. */
export function selectedPath(act: string, accounts: { id: Buffer }[]): string {
  return `${paths.consoleSelected}?${new URLSearchParams({ act })}&${chosenQuery(accounts)}`
}

export function chosenQuery(accounts: { id: Buffer }[]): string {
  return accounts.map(({ id }) => `account=${stringify(id)}`).join('&')
}

interface ChoiceProps {
  site: Site
  name: string
  label: string
  chosen: string | undefined
  options: [value: string, words: string][]
}

export const Choice = ({ site, name, label, chosen, options }: ChoiceProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="">{site.text.console.accounts.any}</option>
      {options.map(([value, words]) => (
        <option value={value} selected={value === chosen}>
          {words}
        </option>
      ))}
    </select>
  </div>
)

interface TypedProps {
  name: string
  label: string
  hint: string
  value: string
  /** The id of a list of what may be typed. */
  list?: string
}

export const Typed = ({ name, label, hint, value, list }: TypedProps) => (
  <div class="field whole">
    <label for={name}>{label}</label>
    <p class="hint" id={`${name}-hint`}>
      {hint}
    </p>
    <input
      id={name}
      name={name}
      type="text"
      value={value}
      list={list}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      enterkeyhint="search"
      aria-describedby={`${name}-hint`}
    />
  </div>
)

/** @param first where this is not the first page. @param next where it is not the last one. */
export const Onward = ({ site, first, next }: { site: Site; first: string | undefined; next: string | undefined }) =>
  first === undefined && next === undefined ? null : (
    <nav class="paging" aria-label={site.text.paging.label}>
      {first !== undefined && (
        <a class="button plain small" href={first}>
          {site.text.console.accounts.first}
        </a>
      )}{' '}
      {next !== undefined && (
        <a class="button plain small" rel="next" href={next}>
          {site.text.paging.next}
        </a>
      )}
    </nav>
  )

/** Whose row it is. One whose account is gone has no name any more. */
export const Whose = ({ site, id, known }: { site: Site; id: Buffer; known: NamedAccount | undefined }) =>
  known ? (
    <span class="line">
      <a href={accountPath(id)}>
        <bdi translate="no">{known.name}</bdi>
      </a>{' '}
      <span dir="ltr" translate="no">
        {known.email}
      </span>
    </span>
  ) : (
    <span class="line">
      {site.text.console.activity.gone}{' '}
      <span dir="ltr" translate="no">
        {stringify(id)}
      </span>
    </span>
  )

/** What an email of that kind is called. One that a release before this wrote may have no words any more. */
export function subjectOf({ text, name }: Site, kind: string): string {
  const emails: Record<string, { subject: string | ((values: { site: string }) => string) }> = text.emails
  const subject = Object.hasOwn(emails, kind) ? emails[kind]?.subject : undefined
  return typeof subject === 'function' ? subject({ site: name }) : (subject ?? kind)
}
