// After too many refused answers of a passkey or a provider: how long to wait, and the way back to the log-in page.
import { paths, withReturn } from '../../paths.ts'
import { problemText } from '../../text/problem-text.ts'
import type { Flash } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { Layout } from './layout.tsx'
import { Navigation } from './navigation.tsx'

/** Too many wrong answers came from this network: how long to wait. */
export const WaitPage = ({ site, flash, returnTo }: { site: Site; flash: Flash; returnTo: string | undefined }) => (
  <Layout
    site={site}
    title={site.text.login.title}
    doors={<Navigation site={site} current="login" returnTo={returnTo} />}
  >
    {flash.form?.problems.map((problem) => (
      <div class="flash warn" role="alert">
        <p>{problemText(site.text, problem)}</p>
      </div>
    ))}
    <h1>{site.text.login.heading}</h1>
    <p class="lead">{site.text.login.lead({ site: site.name })}</p>
    <a class="button plain" href={withReturn(paths.login, returnTo)}>
      {site.text.logIn}
    </a>
  </Layout>
)
