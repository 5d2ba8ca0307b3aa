// Numbers and lists that the documents mention are those of the code.
import { describe, expect, it } from 'vitest'
import { beside, inTurn, last } from '../../../../attack/all.ts'
import { defaultOf, metaOf, type SettingName, settingNames } from '../../src/config/schema.ts'
import { document, table } from '../support/documents.ts'

const numberIn = (page: string, pattern: RegExp) => Number(pattern.exec(document(page))?.[1])

describe('What the documents mention', () => {
  it('the number of attacks is the same on both pages, and not far from the truth', () => {
    const told = ['README.md', 'attack/README.md'].map((page) => numberIn(page, /in more than (\d+) (?:named )?ways/))
    const count = [...beside, ...inTurn, ...last].length
    expect(told).toEqual([Math.floor(count / 50) * 50, Math.floor(count / 50) * 50])
  })

  it('the number of dependencies is that of the package', () => {
    const { dependencies } = JSON.parse(document('packages/gatelodge/package.json'))
    expect(numberIn('docs/security/threats.md', /(\d+) direct ones/)).toBe(Object.keys(dependencies).length)
  })

  it.each(['docs/running/production.md', 'docs/running/email.md'])(
    'the limits of %s are the defaults of the settings that stand beside them',
    (page) => {
      const rows = table(page, 'Limits').map((row) => Object.values(row).join(' | '))
      const linked = rows.flatMap((row) =>
        [...row.matchAll(/\[`(\w+)`\]\([^)]*configuration\.md/g)].map(
          (match) => [row, match[1] as SettingName] as const,
        ),
      )
      expect(linked.length).toBeGreaterThan(2)
      const measured = linked.filter(([, name]) => !metaOf(name).defaultText)
      for (const [row, name] of measured) {
        const [, count] = /^(\d+)/.exec(defaultOf(name) ?? '') ?? []
        expect(row, name).toMatch(new RegExp(`\\b${count}\\b`))
      }
    },
  )

  it('the guide to running it names every server that it connects to', () => {
    // A command that looks at them is not the service.
    const rows = table('docs/security/connections.md', 'That the product makes')
    const settings = rows
      .filter(({ when }) => when !== '`gatelodge doctor` only')
      .flatMap((row) => settingNames.filter((name) => row['named by']?.includes(`\`${name}\``)))
    expect(settings.length).toBeGreaterThan(3)
    const unit = document('docs/running/production.md')
      .split('# The proxy and the database.')[1]
      ?.split('IPAddressDeny')[0]
    const words: Partial<Record<SettingName, string>> = {
      databaseUrl: 'a database',
      smtpUrl: 'a mail server',
      breachCheckUrl: 'breached passwords',
      upstream: 'the app behind',
      connections: 'a provider',
    }
    const outside = settings.filter((name) => name !== 'host' && name !== 'port')
    expect(outside.toSorted()).toEqual(Object.keys(words).toSorted())
    for (const name of outside) expect(unit).toContain(words[name])
  })

  it('nothing is denied that the product does', () => {
    const denied = ['No way back in', 'Nobody is written to', 'it shows no sessions', 'cannot live below a path']
    const pages = ['SECURITY.md', 'README.md', 'docs/running/production.md'].map(document)
    expect(denied.filter((sentence) => pages.some((page) => page.includes(sentence)))).toEqual([])
  })

  it('durations and sizes in the configuration have units', () => {
    const defaults = [...document('docs/configuration.md').matchAll(/^## `(\w+)`\n[\s\S]*?\n\| (`[^|]*`|[^|]*) \|/gm)]
    const long = [...document('docs/configuration.md').matchAll(/^\| `(\d{5,})` \|/gm)].map((match) => match[1])
    expect([defaults.length > 20, long]).toEqual([true, []])
  })
})
