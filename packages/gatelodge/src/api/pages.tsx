import { paths } from '../paths.ts'
import { text } from '../text/en.ts'
import type { Site } from '../web/site/site.ts'
import { Layout } from '../web/ui/layout.tsx'
import type { Entry, Field } from './reference.ts'

const words = text.api.page

/** The reference: nothing from elsewhere, and no script. */
export const ReferencePage = ({ site, entries }: { site: Site; entries: Entry[] }) => (
  <Layout site={site} title={text.api.title(site.name)} wide>
    <h1>{text.api.title(site.name)}</h1>
    {text.api.lead.map((paragraph) => (
      <p class="lead">{paragraph}</p>
    ))}
    <a href={paths.apiDocument}>{words.document}</a>
    <nav aria-label={words.contents}>
      <ul class="operations">
        {entries.map(({ id, route, summary }) => (
          <li>
            <a href={`#${id}`}>{summary}</a> <code dir="ltr">{route}</code>
          </li>
        ))}
      </ul>
    </nav>
    {entries.map((entry) => (
      <Operation {...entry} />
    ))}
  </Layout>
)

const Operation = ({ id, route, summary, description, needsSession, sends, answers, refusals }: Entry) => (
  <section class="operation" id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{summary}</h2>
    <p>
      <code dir="ltr">{route}</code>
    </p>
    <p class="aside">
      {description} {needsSession && words.needsSession}
    </p>
    {sends.length > 0 && (
      <>
        <h3>{words.sends}</h3>
        <Fields fields={sends} />
      </>
    )}
    {answers.map(({ status, fields }) => (
      <>
        <h3>{words.answers(status)}</h3>
        {fields.length > 0 ? <Fields fields={fields} /> : <p class="aside">{words.nothing}</p>}
      </>
    ))}
    <h3>{words.refusals}</h3>
    <ul class="codes" dir="ltr">
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

const Fields = ({ fields }: { fields: Field[] }) => (
  <dl class="facts">
    {fields.map(({ name, type, isOptional, description }) => (
      <div>
        <dt>
          <code dir="ltr">{name}</code>
        </dt>
        <dd>
          <span>
            <code dir="ltr">{type}</code> {isOptional && words.optional}
            {description && <p class="way-on">{description.replaceAll('`', '')}</p>}
          </span>
        </dd>
      </div>
    ))}
  </dl>
)
