// Each page of docs/moving-in, with its sample, as its system writes it: the command of the page imports it, and people log in.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { presets } from '../../../src/cli/import/presets/all.ts'
import { commanded } from '../../support/command-line.ts'
import { makeApp } from '../../support/make-app.ts'
import { sampled } from '../../support/walk.ts'

interface Sample {
  file: string
  people: [email: string, password: string][]
  rejected?: number
  pepper?: string
  firebase?: string
}

const samples: Record<string, Sample> = JSON.parse(readFileSync(new URL('samples.json', import.meta.url), 'utf8'))
const docs = fileURLToPath(new URL('../../../../../docs/moving-in/', import.meta.url))
const page = (name: string) => readFileSync(join(docs, `${name}.md`), 'utf8')

describe('docs/moving-in', () => {
  it('has a page and a sample for each preset, and a row in its index', () => {
    const names = Object.keys(presets).sort()
    const pages = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md')
    expect(pages.map((name) => name.slice(0, -3)).sort()).toEqual(names)
    expect(Object.keys(samples).sort()).toEqual(names)
    for (const name of names) {
      expect(existsSync(join(docs, 'samples', samples[name]?.file ?? '')), name).toBe(true)
      expect(page('README')).toContain(`](${name}.md) | \`${name}\` |`)
    }
  })

  it.each(sampled(Object.entries(samples), 6))(
    '%s: its commands import its sample, and its users log in',
    async (name, sample) => {
      const folder = mkdtempSync(join(tmpdir(), 'gatelodge-moving-'))
      const commands = page(name).match(/^gatelodge import \w.*$/gm) ?? []
      expect(commands).toHaveLength(2)
      const words = (commands[1] ?? '').split(' ').slice(1)
      cpSync(join(docs, 'samples', sample.file), join(folder, words[1] ?? ''))
      if (sample.pepper) writeFileSync(join(folder, 'pepper.txt'), `${sample.pepper}\n`)
      if (sample.firebase) writeFileSync(join(folder, 'hash-config.txt'), sample.firebase)
      const database = { url: `sqlite:${join(folder, 'test.sqlite')}` }
      const app = await makeApp(database)
      const environment = { DATABASE_URL: database.url, GATELODGE_SECRET: 'a-secret-for-tests-0123456789-abcdefgh' }
      const dry = await commanded((commands[0] ?? '').split(' ').slice(1), environment, folder)
      expect(dry.out).toContain('accounts would be imported')
      const { code, out, err } = await commanded(words, environment, folder)
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('The database: ') })
      expect(out).toMatch(new RegExp(`^ +${sample.rejected ?? 0}  rejected$`, 'm'))
      for (const [email, password] of sample.people) {
        const visitor = app.visitor()
        await visitor.logIn({ email, password })
        expect(visitor.page.path, email).toBe('/account')
      }
      await app.close()
    },
  )
})
