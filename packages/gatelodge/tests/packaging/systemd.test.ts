// The systemd unit and its page name what the code has. exhaustive/packaging/systemd.test.ts asks the tools of systemd.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import product from '../../package.json' with { type: 'json' }
import { loadSettings } from '../../src/config/load.ts'
import { dockerfile, textsOf } from '../support/dockerfile.ts'
import { document } from '../support/documents.ts'
import { found, root } from '../support/pages-of-docs.ts'
import { directive, environmentOfUnit } from '../support/unit.ts'

const page = document('docs/running/systemd.md')
const clone = directive('WorkingDirectory')

/** The lines `NAME=value` of the blocks of settings on the page. */
const files = found(page, /^```ini\n(GATELODGE_.*?)^```$/gms).map((block) =>
  Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  ),
)

describe('The systemd unit', () => {
  it('starts the command line of a clone, with the flags that the container has', () => {
    const [node = '', ...words] = directive('ExecStart').split(' ')
    expect(node).toBe(`${clone}/node_modules/.bin/node`)
    const [, ...inContainer]: string[] = JSON.parse(textsOf(dockerfile.at(-1) as never, 'CMD')[0] ?? '')
    expect(words).toEqual(inContainer.map((word) => word.replace(`${clone}/`, '')))
    expect(words).toContain(`packages/gatelodge/${product.bin.gatelodge}`)
  })

  it('gives it the folders that its settings and the page name', () => {
    expect(`/var/lib/${directive('StateDirectory')}`).toBe(environmentOfUnit.GATELODGE_DATA_DIR)
    const socket = files.find((one) => one.GATELODGE_UNIX_SOCKET)?.GATELODGE_UNIX_SOCKET
    expect(socket).toBe(`/run/${directive('RuntimeDirectory')}/gatelodge.sock`)
    expect(document('docs/running/production.md')).toContain(`GATELODGE_UNIX_SOCKET=${socket}\n`)
  })

  it('waits longer than a stop takes, and does not repeat a start with wrong settings', () => {
    const [, longest = ''] =
      /longestStop: Milliseconds = seconds\((\d+)\)/.exec(document('packages/gatelodge/src/server.ts')) ?? []
    expect(Number(directive('TimeoutStopSec'))).toBeGreaterThan(Number(longest))
    expect(directive('RestartPreventExitStatus')).toBe('2')
  })

  it('comes with the user that it runs as, and the folder of its settings', () => {
    const user = directive('User')
    expect(document('packaging/systemd/gatelodge.sysusers')).toMatch(
      new RegExp(`^u ${user} - "Gatelodge" /var/lib/${user} `, 'm'),
    )
    const folder = directive('EnvironmentFile').replace(/\/[^/]+$/, '')
    expect(document('packaging/systemd/gatelodge.tmpfiles')).toMatch(new RegExp(`^d ${folder} 0700 root root`, 'm'))
    expect(page).toContain(directive('EnvironmentFile'))
  })
})

describe('docs/running/systemd.md', () => {
  it('shows settings that are enough in production', () => {
    expect(files).toHaveLength(2)
    const [first = {}, socket = {}] = files
    for (const given of [first, { ...first, ...socket }])
      expect(loadSettings({ environment: { ...environmentOfUnit, ...given } })).toMatchObject({ kind: 'settings' })
  })

  it('copies files that are there, and runs what the unit runs', () => {
    const copied = found(page, /^cp \/opt\/gatelodge\/(\S+) \S+$/gm)
    expect(copied.length).toBe(3)
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(page).toContain(`packages/gatelodge/${product.bin.gatelodge} admin link`)
  })
})
