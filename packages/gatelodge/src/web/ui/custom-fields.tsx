// The fields that a site adds to its registration, and what someone has filled in.
import type { Child } from 'hono/jsx'
import type { CustomField } from '../../config/custom-fields.ts'
import type { CustomValues } from '../../identity/accounts/custom-fields.ts'
import { problemText, text } from '../../text/en.ts'
import type { Problem } from '../forms/visitor-cookie.ts'

interface Props {
  fields: CustomField[]
  values: Record<string, string>
  problems: Problem[]
}

export const CustomFields = ({ fields, values, problems }: Props) => (
  <>
    {fields.map((field) => (
      <One field={field} value={values[field.name]} problem={problems.find((one) => one.field === field.name)} />
    ))}
  </>
)

interface OneProps<Field extends CustomField = CustomField> {
  field: Field
  value: string | undefined
  problem: Problem | undefined
}

const One = ({ field, value, problem }: OneProps) => {
  const around = { field, problem }
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
            <option value="">{text.chooseOne}</option>
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
          <Wrong name={field.name} label={field.label} problem={problem} />
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

const Labelled = ({ field, problem, children }: Pick<OneProps, 'field' | 'problem'> & { children?: Child }) => (
  <div class="field">
    <label for={field.name}>{field.required ? field.label : text.optional(field.label)}</label>
    {field.hint && (
      <p class="hint" id={`${field.name}-hint`}>
        {field.hint}
      </p>
    )}
    <Wrong name={field.name} label={field.label} problem={problem} />
    {children}
  </div>
)

const Wrong = ({ name, label, problem }: { name: string; label: string; problem: Problem | undefined }) =>
  problem ? (
    <p class="error" id={`${name}-error`}>
      <span class="unseen">{text.errorMark}</span> {problemText(problem, { label })}
    </p>
  ) : null

function common({ name, hint }: CustomField, problem: Problem | undefined) {
  const describedBy = [hint && `${name}-hint`, problem && `${name}-error`].filter(Boolean).join(' ') || undefined
  return { id: name, name, 'aria-invalid': problem ? ('true' as const) : undefined, 'aria-describedby': describedBy }
}

/** Lines of the account page, in the order of the form. What was left empty is not there. */
export const CustomFacts = ({ fields, values }: { fields: CustomField[]; values: CustomValues }) => (
  <>
    {fields
      .filter(({ name }) => values[name] !== undefined)
      .map(({ name, label }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <bdi>{spelled(values[name])}</bdi>
          </dd>
        </div>
      ))}
  </>
)

function spelled(value: CustomValues[string] | undefined): string | undefined {
  if (typeof value !== 'boolean') return value
  return value ? text.yes : text.no
}
