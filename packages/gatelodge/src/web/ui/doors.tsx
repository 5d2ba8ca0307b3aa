// The two doors that a visitor has, log in and register: where somebody wanted to go is kept behind both. And the one alone.
import { text } from '../../text/en.ts'
import { paths, withReturn } from '../paths.ts'

export const Doors = ({ current, returnTo }: { current: 'login' | 'register'; returnTo: string | undefined }) => (
  <nav class="doors" aria-label={text.doors}>
    <a href={withReturn(paths.login, returnTo)} aria-current={current === 'login' ? 'page' : undefined}>
      {text.logIn}
    </a>{' '}
    <a href={withReturn(paths.register, returnTo)} aria-current={current === 'register' ? 'page' : undefined}>
      {text.register}
    </a>
  </nav>
)

export const LogInButton = () => (
  <a class="button" href={paths.login}>
    {text.logIn}
  </a>
)
