import type { Child } from 'hono/jsx'
import type { Flash } from '../../web/forms/visitor-cookie.ts'
import type { Site } from '../../web/site/site.ts'
import type { AccountSection } from '../../web/ui/account-row.tsx'
import { Layout } from '../../web/ui/layout.tsx'
import { WithName } from '../../web/ui/with-name.tsx'

interface Props {
  site: Site
  token: string
  flash: Flash
  name: string
  initials: string
  sections: Section[]
}

interface Section {
  name: AccountSection
  rows: Child[]
}

/** The success page: who you are, what your account is made of, and the way out. */
export const AccountPage = ({ site, token, flash, name, initials, sections }: Props) => (
  <Layout site={site} title={site.text.account.title} flash={flash} logOutToken={token} wide>
    <div class="person">
      <span class="initials" aria-hidden="true" translate="no">
        {initials}
      </span>
      <div>
        <h1>
          <WithName words={site.text.account.greeting({ name })} name={name} />
        </h1>
        <p class="lead">{site.text.account.lead}</p>
      </div>
    </div>
    {sections.map(({ name: section, rows }) =>
      section === 'offer' ? (
        rows
      ) : (
        <>
          <h2>{site.text.account.sections[section]}</h2>
          {section === 'activity' ? rows : <dl class="facts">{rows}</dl>}
        </>
      ),
    )}
  </Layout>
)

/** The initials of a name: the first characters of its first and its last word, as people see them (UAX 29). */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  // In ASCII each character is one; the segmenter took 5 % of the time of this page.
  if (/^[\x20-\x7e]*$/.test(name)) return ends.map((word = '') => word.charAt(0)).join('')
  letters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return ends.map((word = '') => letters?.segment(word)[Symbol.iterator]().next().value?.segment ?? '').join('')
}

/** Made with the first page that needs it: a start does not wait for it. */
let letters: Intl.Segmenter | undefined
