import { paths } from '../paths.ts'
import type { Site } from '../web/site/site.ts'
import { Layout } from '../web/ui/layout.tsx'
import { type Entry, type Field, type ReferencePath, referencePaths } from './reference.ts'

type InSite<Props> = Props & { site: Site }

/** The reference: nothing from elsewhere, and no script. This page names them all, for those who search it. */
export const ReferencePage = ({ site, entries }: InSite<{ entries: Entry[] }>) => (
  <Layout site={site} title={site.text.api.title({ site: site.name })} wide>
    <h1>{site.text.api.title({ site: site.name })}</h1>
    {Object.values(site.text.api.lead).map((paragraph) => (
      <p class="lead">{paragraph}</p>
    ))}
    <a href={paths.apiDocument}>{site.text.api.page.document}</a>
    {referencePaths.map((path) => (
      <nav aria-labelledby={idOf(path)}>
        <h2 id={idOf(path)}>
          <a href={path}>{titleOf(site, path)}</a>
        </h2>
        <ul class="operations">
          {entries
            .filter((entry) => entry.page === path)
            .map(({ id, route, summary }) => (
              <li>
                <a href={`${path}#${id}`}>{summary}</a> <code dir="ltr">{route}</code>
              </li>
            ))}
        </ul>
      </nav>
    ))}
  </Layout>
)

/** The operations for which one needs the same. */
export const OperationsPage = ({ site, path, entries }: InSite<{ path: ReferencePath; entries: Entry[] }>) => (
  <Layout site={site} title={titleOf(site, path)} wide>
    <h1>{titleOf(site, path)}</h1>
    <a href={paths.apiReference}>{site.text.api.page.contents}</a>
    {entries
      .filter((entry) => entry.page === path)
      .map((entry) => (
        <Operation site={site} {...entry} />
      ))}
  </Layout>
)

const idOf = (path: ReferencePath) => path.slice(1).replaceAll('/', '-')

function titleOf({ text: { api } }: Site, path: ReferencePath): string {
  const titles: Record<ReferencePath, string> = {
    [paths.apiWithoutSession]: api.page.withoutSession,
    [paths.apiWithSession]: api.page.withSession,
    [paths.apiWithKey]: api.page.withKey,
  }
  return titles[path]
}

const Operation = ({ site, id, route, summary, description, scope, sends, answers, refusals }: InSite<Entry>) => (
  <section class="operation" id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{summary}</h2>
    <p>
      <code dir="ltr">{route}</code>
    </p>
    <p class="aside">
      {description} {scope && site.text.api.page.needsKey({ scope })}
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
            <>
              {' '}
              <code>{code}</code>
            </>
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
