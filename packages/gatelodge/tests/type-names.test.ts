// One exported type name has one meaning: a reader who meets `Problem` need not ask which.
import { describe, expect, it } from 'vitest'
import { sources } from './support/documents.ts'

/** The client is a package entry of its own that imports nothing of ours: its names are those of its users. */
const ours = sources.filter(({ name }) => !name.startsWith('src/client/'))

/** By name, the files that declare it. What is exported again under the same name is the same type. */
function declared(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name: file, code } of ours)
    for (const [, name = ''] of code.matchAll(
      /^export (?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm,
    ))
      found.set(name, [...(found.get(name) ?? []), file])
  return found
}

describe('An exported type name', () => {
  it('is declared in one place', () => {
    const all = declared()
    expect(all.size).toBeGreaterThan(200)
    expect([...all].filter(([, files]) => files.length > 1)).toEqual([])
  })

  it('is not given away to another type on its way', () => {
    const all = declared()
    const given = ours.flatMap(({ name: file, code }) =>
      [...code.matchAll(/^export (?:type )?\{([^}]*)\} from/gm)].flatMap(([, list = '']) =>
        [...list.matchAll(/(\w+) as (\w+)/g)].map(([, , name = '']) => ({ file, name })),
      ),
    )
    expect(given.filter(({ name }) => all.has(name))).toEqual([])
  })
})
