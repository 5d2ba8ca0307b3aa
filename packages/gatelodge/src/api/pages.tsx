import { paths } from '../paths.ts'
import type { Site } from '../web/site/site.ts'
import { Layout } from '../web/ui/layout.tsx'
import type { Entry, Field } from './reference.ts'

type InSite<Props> = Props & { site: Site }

/** The reference: nothing from elsewhere, and no script. */
export const ReferencePage = ({ site, entries }: { site: Site; entries: Entry[] }) => (
  <Layout site={site} title={site.text.api.title({ site: site.name })} wide>
    <h1>{site.text.api.title({ site: site.name })}</h1>
    {Object.values(site.text.api.lead).map((paragraph) => (
      <p class="lead">{paragraph}</p>
    ))}
    <a href={paths.apiDocument}>{site.text.api.page.document}</a>
    <nav aria-label={site.text.api.page.contents}>
      <ul class="operations">
        {entries.map(({ id, route, summary }) => (
          <li>
            <a href={`#${id}`}>{summary}</a> <code dir="ltr">{route}</code>
          </li>
        ))}
      </ul>
    </nav>
    {entries.map((entry) => (
      <Operation site={site} {...entry} />
    ))}
  </Layout>
)

const Operation = ({
  site,
  id,
  route,
  summary,
  description,
  needsSession,
  scope,
  sends,
  answers,
  refusals,
}: InSite<Entry>) => (
  <section class="operation" id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{summary}</h2>
    <p>
      <code dir="ltr">{route}</code>
    </p>
    <p class="aside">
      {description} {needsSession && site.text.api.page.needsSession}
      {scope && site.text.api.page.needsKey({ scope })}
    </p>
    {sends.length > 0 && (
      <>
        <h3>{site.text.api.page.sends}</h3>
        <Fields site={site} fields={sends} />
      </>
    )}
    {answers.map(({ status, fields }) => (
      <>
        <h3>{site.text.api.page.answers({ status })}</h3>
        {fields.length > 0 ? <Fields site={site} fields={fields} /> : <p class="aside">{site.text.api.page.nothing}</p>}
      </>
    ))}
    <h3>{site.text.api.page.refusals}</h3>
    <ul class="refusals" dir="ltr">
      {refusals.map(({ status, codes }) => (
        <li>
          {status}
          {codes.map((code) => (
            <code>{code}</code>
          ))}
        </li>
      ))}
    </ul>
  </section>
)

const Fields = ({ site, fields }: InSite<{ fields: Field[] }>) => (
  <dl class="facts">
    {fields.map(({ name, type, isOptional, description }) => (
      <div>
        <dt>
          <code dir="ltr">{name}</code>
        </dt>
        <dd>
          <span>
            <code dir="ltr">{type}</code> {isOptional && site.text.api.page.optional}
            {description && <p class="way-on">{description.replaceAll('`', '')}</p>}
          </span>
        </dd>
      </div>
    ))}
  </dl>
)
