// What the help says of every command: the same parts in the same order, and nothing that the command does not take.
import { describe, expect, it, vi } from 'vitest'
import { environmentName, flagName, schema, settingNames } from '../config/schema.ts'
import { commands } from './commands.ts'
import { parseFlags } from './flags.ts'
import { run } from './run.ts'
import { isFitting } from './run-verb.ts'
import { optionsOf } from './verbs.ts'

async function helpOn(...words: string[]): Promise<string> {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  expect(await run(words)).toBe(0)
  const said = print.mock.calls.join('\n')
  print.mockRestore()
  return said
}

const names = Object.keys(commands)

describe('The help', () => {
  it.each(names)('has the same parts for %s', async (name) => {
    const help = await helpOn(name, '--help')
    expect(await helpOn('help', name)).toBe(help)
    const heads = help.split('\n').filter((line) => /^\S/.test(line))
    expect(heads[0]).toMatch(new RegExp(`^gatelodge ${name}: [A-Z][^.]*\\.$`))
    const optional = name === 'serve' ? ['Settings that are used most:'] : []
    expect(heads.slice(1, -2)).toEqual(['Usage:', ...optional, 'Examples:'])
    expect(heads.slice(-2).join('\n')).toContain('gatelodge config template')
  })

  it.each(names)('gives an example of %s that the command takes', async (name) => {
    const verbs = (await commands[name]?.load())?.verbs ?? {}
    const examples = commands[name]?.examples ?? []
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const [program, command, ...rest] = [...example.matchAll(/'([^']*)'|\S+/g)].map(
        ([word, quoted]) => quoted ?? word,
      )
      expect([program, command]).toEqual(['gatelodge', name])
      const parsed = parseFlags(rest, optionsOf(verbs))
      if (!('words' in parsed)) throw new Error(`${example}: ${JSON.stringify(parsed)}`)
      const [first = '', ...others] = '' in verbs ? ['', ...parsed.words] : parsed.words
      const verb = verbs[first]
      expect(verb, example).toBeDefined()
      expect(isFitting(verb?.words ?? '', others.length), example).toBe(true)
      const own = verb?.options?.map((option) => option.name) ?? []
      expect(own, example).toEqual(expect.arrayContaining(Object.keys(parsed.options)))
    }
  })

  it('says where a reason is required', async () => {
    const help = await helpOn('help', 'account')
    const under = (verb: string) =>
      help.split(/\n {2}(?=gatelodge )/).find((part) => part.startsWith(`gatelodge account ${verb} `))
    expect(under('disable')).toMatch(/--reason TEXT +why, for the record; required$/m)
    expect(under('log-out')).toMatch(/--reason TEXT +why, for the record; required$/m)
    expect(under('set-name')).toMatch(/--reason TEXT +why, for the record$/m)
  })

  it('of serve names settings with their variables, and where all of them are', async () => {
    const help = await helpOn('serve', '--help')
    for (const name of [
      'port',
      'baseUrl',
      'databaseUrl',
      'upstream',
      'smtpUrl',
      'mailFrom',
      'mode',
      'siteName',
    ] as const)
      expect(help).toContain(`  ${flagName(name)} `)
    const flags = [...help.matchAll(/^ {2}(--[\w-]+) .*?(GATELODGE_\w+)/gm)].map(([, flag, variable]) => [
      flag,
      variable,
    ])
    const known = settingNames.map((name) => [flagName(name), environmentName(name)])
    expect(flags.length).toBeGreaterThan(8)
    expect(known).toEqual(expect.arrayContaining(flags))
    const kinds = /who may register: (.*) or (\w+);/.exec(help)?.slice(1).join(', ').split(', ') ?? []
    for (const kind of kinds) expect(schema.shape.registration.safeParse(kind).success, kind).toBe(true)
    expect(kinds).toHaveLength(4)
    expect(help).toMatch(/all settings: gatelodge config template, or docs\/configuration\.md/i)
  })

  it('lists every command with one sentence', async () => {
    const help = await helpOn('--help')
    for (const [name, { summary }] of Object.entries(commands))
      expect(help).toContain(`  gatelodge ${name.padEnd(12)} ${summary}`)
  })
})
