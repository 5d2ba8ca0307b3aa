// What stands around every page: the head, the site's name, the card, the foot.
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { paths } from '../../paths.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Mark } from './mark.tsx'
import { NoticeBox, Summary } from './messages.tsx'

interface LayoutProps {
  site: Site
  title: string
  flash?: Flash
  /** For pages of someone who is logged in: the way out. */
  logOutToken?: string | undefined
  /** A wider card, for lists; a form stands in the narrow one. `console`: wider still. */
  wide?: boolean | 'console' | undefined
  /** Stands beside the card, or above it where the screen is narrow. */
  beside?: Child
  /** Stands on top of the card, and before what people came for. */
  doors?: Child
  children?: Child
}

/** If there are problems, the title says so first and their summary replaces any notice. */
export const Layout = ({ site, title, flash = {}, logOutToken, wide, beside, doors, children }: LayoutProps) => {
  const problems = flash.form?.problems ?? []
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={site.text.language} dir={site.text.direction}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>
            {problems.length > 0 ? site.text.errorTitle({ title }) : title} – {site.name}
          </title>
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content={site.assets.themeColor.light} media="(prefers-color-scheme: light)" />
          <meta name="theme-color" content={site.assets.themeColor.dark} media="(prefers-color-scheme: dark)" />
          <link rel="icon" href={site.assets.icon.path} type={site.assets.icon.type} />
          <link rel="apple-touch-icon" href={site.assets.touchIcon} />
          {(wide === 'console' ? [...site.assets.consoleStyles, ...site.assets.styles] : site.assets.styles).map(
            (href) => (
              <link rel="stylesheet" href={href} />
            ),
          )}
          <script type="module" src={site.assets.script} />
        </head>
        <body>
          <a class="skip" href="#main">
            {site.text.skipLink}
          </a>
          <div class="page">
            <Header site={site} logOutToken={logOutToken} wide={wide} />
            {beside}
            <div class={withWidth('card', wide)}>
              {doors}
              <main id="main">
                {problems.length > 0 ? (
                  <Summary problems={problems} site={site} />
                ) : (
                  <NoticeBox site={site} notice={flash.notice} />
                )}
                {children}
              </main>
            </div>
            <Foot site={site} />
          </div>
        </body>
      </html>
    </>
  )
}

function withWidth(name: string, wide: LayoutProps['wide']): string {
  if (!wide) return name
  return wide === 'console' ? `${name} console` : `${name} wide`
}

const Header = ({ site, logOutToken, wide }: Pick<LayoutProps, 'site' | 'logOutToken' | 'wide'>) => (
  <header class={logOutToken && withWidth('bar', wide)}>
    <a class="site" href={paths.home}>
      {site.assets.logo ? <img src={site.assets.logo} alt="" /> : <Mark />} {site.name}
    </a>
    {logOutToken && <LogOutForm site={site} token={logOutToken} small />}
  </header>
)

interface LogOutProps {
  site: Site
  /** None where nobody is logged in. */
  token: string | undefined
  small?: boolean
}

export const LogOutForm = ({ site, token, small }: LogOutProps) => (
  <form method="post" action={paths.logout}>
    {token && <input type="hidden" name="form_token" value={token} />}
    <button type="submit" class={small ? 'button plain small' : 'button'}>
      {site.text.logOut}
    </button>
  </form>
)

const Foot = ({ site }: { site: Site }) => (
  <footer class="foot">
    {site.slots.foot({ siteName: site.name })}
    {site.support && (
      <p>
        {site.text.needHelp} <a href={`mailto:${site.support}`}>{site.support}</a>
      </p>
    )}
  </footer>
)
