// The running sites that states need, each on a file of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Replacements } from '../../../src/services.ts'
import { type Site, startSite } from '../site.ts'
import { untilAnswers } from '../until-answers.ts'
import { databaseFiles, health, type SiteKind, type State, sites } from './state.ts'

/** @returns by their kind; filled before the tests run. */
export function useSitesOf(states: State[], replaced: Replacements = {}): Record<SiteKind, Site> {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-states-'))
  const running = {} as Record<SiteKind, Site>
  beforeAll(async () => {
    for (const kind of new Set(states.map(({ site }) => site))) {
      const file = join(folder, `${kind}.sqlite`)
      const settings = { supportEmail: 'help@acme.example', ...sites[kind] }
      running[kind] = await startSite({ url: `sqlite:${file}` }, settings, replaced)
      databaseFiles.set(kind, file)
      await untilAnswers(running[kind].baseUrl + health(kind))
    }
  })
  afterAll(async () => {
    await Promise.all(Object.values(running).map((site) => site.stop()))
    rmSync(folder, { recursive: true, force: true })
  })
  return running
}
