// All settings as they are in force, and where each comes from. They are changed where they stand, never here.
import { formOf, metaOf, type SettingName, type Settings, settingNames } from '../../config/schema.ts'
import { spelled } from '../../config/spelled.ts'
import type { Services } from '../../services.ts'
import type { Site } from '../../web/site/site.ts'
import { Fact } from '../../web/ui/account-row.tsx'
import { type ConsoleFrame, ConsoleLayout } from '../../web/ui/console.tsx'

interface Props {
  frame: ConsoleFrame
  settings: Settings
  sources: Services['settingSources']
}

export const SettingsPage = ({ frame, settings, sources }: Props) => {
  const { site } = frame
  const words = site.text.console.settings
  return (
    <ConsoleLayout frame={frame} title={words.title} lead={<p class="lead">{words.lead}</p>}>
      <dl class="facts settings">
        {settingNames.map((name) => (
          <Fact
            name={
              <span dir="ltr" translate="no">
                {name}
              </span>
            }
          >
            <Value site={site} name={name} settings={settings} />
            {sources[name] && <span class="source">{words.sources[sources[name]]}</span>}
          </Fact>
        ))}
      </dl>
    </ConsoleLayout>
  )
}

const Value = ({ site, name, settings }: { site: Site; name: SettingName; settings: Settings }) => {
  const words = site.text.console.settings
  if (settings[name] === undefined) return <span>{words.unset}</span>
  // A URL without its password says more, and no secret.
  if (metaOf(name).secret && !formOf(name).holdsUrl) return <span>{words.hidden}</span>
  const value = spelled(name, settings)
  // An empty list of addresses.
  if (value === '') return <span>{words.unset}</span>
  return (
    <span dir="ltr" translate="no">
      {value}
    </span>
  )
}
