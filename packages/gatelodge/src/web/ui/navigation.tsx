// The two pages that a visitor chooses from, log in and register: where someone wanted to go is kept behind both. And the one alone.

import { paths, withReturn } from '../../paths.ts'
import type { Site } from '../site/site.ts'

interface Props {
  site: Site
  current: 'login' | 'register'
  returnTo: string | undefined
}

export const Navigation = ({ site, current, returnTo }: Props) => (
  <nav class="navigation" aria-label={site.text.doors}>
    <a href={withReturn(paths.login, returnTo)} aria-current={current === 'login' ? 'page' : undefined}>
      {site.text.logIn}
    </a>{' '}
    <a href={withReturn(paths.register, returnTo)} aria-current={current === 'register' ? 'page' : undefined}>
      {site.text.register}
    </a>
  </nav>
)

export const LogInButton = ({ site }: { site: Site }) => (
  <a class="button" href={paths.login}>
    {site.text.logIn}
  </a>
)
