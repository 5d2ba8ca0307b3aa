// The field for a password that someone chooses: says how long it must be, and advises while they type.
import type { Problem } from '../../text/problem-text.ts'
import type { Site } from '../site/site.ts'
import { Field } from './fields.tsx'

interface Props {
  site: Site
  name: 'password' | 'new_password'
  problems: Problem[]
}

export const NewPasswordField = ({ site, name, problems }: Props) => (
  <Field
    site={site}
    name={name}
    type="password"
    autocomplete="new-password"
    hint={site.text.passwordHint({ least: site.passwordMinLength })}
    problems={problems}
    least={site.passwordMinLength}
  />
)
