// Other ways to log in. They are links: the page behind each sends the browser on, and the policy of our forms stays `self`.
import { providerPaths, withReturn } from '../../paths.ts'
import type { ShownConnection, Site } from '../site/site.ts'
import { ProviderMark } from './provider-mark.tsx'

interface ListProps {
  providers: ShownConnection[]
  /** Where each leads. */
  to(name: string): string
  words(label: string): string
}

export const ProviderLinks = ({ providers, to, words }: ListProps) => (
  <ul class="connections">
    {providers.map(({ name, label, mark, logo }) => (
      <li>
        <a class="button plain" href={to(name)}>
          {logo ? <img src={logo} alt="" /> : mark && <ProviderMark of={mark} />} {words(label)}
        </a>
      </li>
    ))}
  </ul>
)

interface Props {
  site: Site
  returnTo: string | undefined
}

/** On the pages of visitors. */
export const ConnectionButtons = ({ site, returnTo }: Props) => {
  if (site.connections.length === 0) return null
  const links = (
    <ProviderLinks
      providers={site.connections}
      to={(name) => withReturn(providerPaths.start(name), returnTo)}
      words={(provider) => site.text.connections.continueWith({ provider })}
    />
  )
  const rule = <p class="or">{site.text.connections.or}</p>
  return site.connectionsAbove ? (
    <>
      {links}
      {rule}
    </>
  ) : (
    <>
      {rule}
      {links}
    </>
  )
}
