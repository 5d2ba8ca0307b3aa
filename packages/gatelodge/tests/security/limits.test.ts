// docs/security/limits.md says what the settings and the code say.
import { describe, expect, it } from 'vitest'
import { capabilities } from '../../src/app.ts'
import { metaOf, type SettingName, type Settings, schema, settingNames } from '../../src/config/schema.ts'
import { spellBytes, spellDuration } from '../../src/config/values.ts'
import { codes, sources, table } from '../support/documents.ts'

const page = 'docs/security/limits.md'
const told = new Map(table(page, 'Settings').map((row) => [codes(row.setting)[0] as SettingName, row]))

/** A number is a limit, unless it is where to listen. */
const limits = settingNames.filter((name) => name !== 'port' && typeof defaultOf(name) === 'number')

function defaultOf(name: SettingName): unknown {
  return schema.shape[name].safeParse(undefined).data
}

/** As the documents write it. */
function spelled(name: SettingName): string[] {
  const { defaultText } = metaOf(name)
  const value = defaultOf(name) as number
  return defaultText ? [defaultText] : [String(value), spellDuration(value), spellBytes(value)]
}

describe('The tables of limits', () => {
  it('V2.1.3 V13.1.2 V13.1.3 have every setting that is a limit, with its default, what happens at it, and why', () => {
    expect(limits.filter((name) => !told.has(name))).toEqual([])
    for (const [name, row] of told) {
      expect(spelled(name), name).toContain(row.default)
      expect([row['at the limit'], row['why so much']], name).not.toContain('')
    }
  })

  it('V7.1.1 V7.1.2 say when sessions end, and how many an account may have, with reasons', () => {
    for (const name of ['sessionIdle', 'sessionIdleRemembered', 'sessionAge'] as const)
      expect(told.get(name)?.['why so much']).toMatch(/\w+ \w+ \w+/)
  })

  it('V2.1.3 V13.1.3 have the limit of each capability, as its folder declares it', () => {
    const settings = schema.parse({}) as Settings
    const declared = capabilities.flatMap(({ name, limits = {} }) =>
      Object.entries(limits).map(([act, limit]) => {
        const { free, memory } = limit(settings)
        return [act, name, `${free} in ${spellDuration(memory)}`]
      }),
    )
    const rows = table(page, 'Of one capability')
    const listed = rows.map((row) => [codes(row['counted under'])[0], codes(row.capability)[0], row['how much']])
    expect(listed, `${page}, in the order of src/app.ts`).toEqual(declared)
    expect(declared.length).toBeGreaterThan(0)
  })

  it('V2.1.3 V13.1.3 have the limits that are fixed in the code, as they stand there', () => {
    for (const row of table(page, 'In the code')) {
      const [file] = codes(row.where)
      const [value] = codes(row['how much'])
      const text = sources.find(({ name }) => name === file)?.text
      expect(text?.includes(value ?? ''), `${row.what}: ${value} in ${file}`).toBe(true)
    }
  })

  it('V15.1.3 name what costs much, and the function that bounds it', () => {
    const costly = table(page, 'What costs much')
    expect(costly.length).toBeGreaterThan(3)
    for (const row of costly) {
      const [bound = '', file] = codes(row['bounded by'])
      expect(sources.find(({ name }) => name === file)?.code, row.what).toMatch(new RegExp(`\\b${bound}\\b`))
    }
  })
})
