// The fields that a site adds to its registration, and what someone has filled in.
import type { Child } from 'hono/jsx'
import type { CustomField } from '../../config/custom-fields.ts'
import type { CustomValues } from '../../identity/accounts/custom-fields.ts'
import { type Problem, problemText } from '../../text/problem-text.ts'
import type { Site } from '../site/site.ts'

interface Props {
  site: Site
  values: Record<string, string>
  problems: Problem[]
}

export const CustomFields = ({ site, values, problems }: Props) => (
  <>
    {site.fields.map((field) => (
      <One
        site={site}
        field={field}
        value={values[field.name]}
        problem={problems.find((one) => one.field === field.name)}
      />
    ))}
  </>
)

interface OneProps<Field extends CustomField = CustomField> {
  site: Site
  field: Field
  value: string | undefined
  problem: Problem | undefined
}

const One = ({ site, field, value, problem }: OneProps) => {
  const around = { site, field, problem }
  switch (field.type) {
    case 'text':
      return (
        <Labelled {...around}>
          <input {...common(field, problem)} type="text" value={value} autocomplete="off" />
        </Labelled>
      )
    case 'select':
      return (
        <Labelled {...around}>
          <select {...common(field, problem)}>
            <option value="">{site.text.chooseOne}</option>
            {field.options.map((option) => (
              <option value={option} selected={option === value}>
                {option}
              </option>
            ))}
          </select>
        </Labelled>
      )
    case 'checkbox':
      return (
        <div class="field">
          <Wrong site={site} field={field} problem={problem} />
          <label class="check">
            <input {...common(field, problem)} type="checkbox" value="yes" checked={value === 'yes'} />
            <span>
              {field.label}
              {field.link && (
                <>
                  {' '}
                  <a href={field.link.href} target="_blank" rel="noopener">
                    {field.link.text}
                  </a>
                </>
              )}
              {field.hint && <small id={`${field.name}-hint`}>{field.hint}</small>}
            </span>
          </label>
        </div>
      )
  }
}

const Labelled = ({ site, field, problem, children }: Omit<OneProps, 'value'> & { children?: Child }) => (
  <div class="field">
    <label for={field.name}>{field.required ? field.label : site.text.optional({ label: field.label })}</label>
    {field.hint && (
      <p class="hint" id={`${field.name}-hint`}>
        {field.hint}
      </p>
    )}
    <Wrong site={site} field={field} problem={problem} />
    {children}
  </div>
)

const Wrong = ({ site, field: { name, label }, problem }: Omit<OneProps, 'value'>) =>
  problem ? (
    <p class="error" id={`${name}-error`}>
      <span class="unseen">{site.text.errorMark}</span> {problemText(site.text, problem, { label })}
    </p>
  ) : null

function common({ name, hint }: CustomField, problem: Problem | undefined) {
  const describedBy = [hint && `${name}-hint`, problem && `${name}-error`].filter(Boolean).join(' ') || undefined
  return { id: name, name, 'aria-invalid': problem ? ('true' as const) : undefined, 'aria-describedby': describedBy }
}

/** Lines of the account page, in the order of the form. What was left empty is not there. */
export const CustomFacts = ({ site, values }: { site: Site; values: CustomValues }) => (
  <>
    {site.fields
      .filter(({ name }) => values[name] !== undefined)
      .map(({ name, label }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <bdi>{spelled(site, values[name])}</bdi>
          </dd>
        </div>
      ))}
  </>
)

function spelled(site: Site, value: CustomValues[string] | undefined): string | undefined {
  if (typeof value !== 'boolean') return value
  return value ? site.text.yes : site.text.no
}
