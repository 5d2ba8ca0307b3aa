// The two pages that a visitor chooses from, log in and register: where someone wanted to go is kept behind both. And the one alone.

import { paths, withReturn } from '../../paths.ts'
import { text } from '../../text/en.ts'

export const Navigation = ({ current, returnTo }: { current: 'login' | 'register'; returnTo: string | undefined }) => (
  <nav class="navigation" aria-label={text.doors}>
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
