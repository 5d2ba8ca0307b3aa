// A capability is whole in its folder: what its files export is declared in its `capability.ts`, and `app.ts` lists it.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { capabilities, declared, operations } from '../src/app.ts'
import type { Capability } from '../src/capabilities/capability.ts'
import type { EmailKind } from '../src/email/template.ts'
import en from '../src/text/en.json' with { type: 'json' }
import { sources } from './support/documents.ts'

const home = fileURLToPath(new URL('../src/capabilities/', import.meta.url))
const folders = readdirSync(home, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

/** What the files of a folder with such a name export. */
async function exported(folder: string, name: RegExp): Promise<unknown[]> {
  const files = readdirSync(home + folder).filter((file) => name.test(file) && !file.includes('.test.'))
  const modules: object[] = await Promise.all(files.map((file) => import(`${home}${folder}/${file}`)))
  return modules.flatMap((module) => Object.values(module))
}

/** The parts that a file exports whole, and where the declaration has them. */
const parts: [file: RegExp, isPart: (value: unknown) => boolean, declared: (one: Capability) => unknown[]][] = [
  [/(^|\.)routes\.tsx?$/, isApp, ({ routes }) => routes],
  [/^form\.ts$/, (value) => value instanceof z.ZodObject, ({ forms = {} }) => Object.values(forms)],
  [/(^|\.)api\.ts$/, () => true, ({ operations = [] }) => operations],
  [/^events\.ts$/, () => true, ({ events }) => [events]],
  [/^emails\.ts$/, () => true, ({ emails }) => [emails]],
  [/^limits\.ts$/, () => true, ({ limits }) => [limits]],
  [/^account-row\.tsx$/, () => true, ({ accountRows = [] }) => accountRows],
  [/^step\.ts$/, () => true, ({ steps = [] }) => steps],
]

function isApp(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'routes' in value
}

describe('The capabilities', () => {
  it('are the folders, each by its name and once', () => {
    expect(capabilities.map(({ name }) => name).sort()).toEqual(folders.sort())
  })

  it.each(capabilities.map((one) => [one.name, one] as const))(
    '%s declares all that its files have',
    async (name, one) => {
      for (const [file, isPart, declared] of parts) {
        const there = (await exported(name, file)).filter(isPart)
        if (there.length > 0) expect(new Set(declared(one)), String(file)).toEqual(new Set(there))
      }
    },
  )

  it('own each kind of email once, wherever it is written', () => {
    const owned = capabilities.flatMap(({ emails = {} }) => Object.keys(emails))
    expect(owned.sort()).toEqual(Object.keys(en.emails).sort())
    const written = owned.filter((kind) => sources.some(({ code }) => new RegExp(`\\bkind\\b.*'${kind}'`).test(code)))
    expect(written).toEqual(owned)
  })

  it.each(Object.entries(declared.emails))(
    'have a sentence for each part of the email %s, and no other',
    (kind, email) => {
      const has = (sentence: string) => sentence in en.emails[kind as EmailKind]
      expect(has('subject') && has('why') && has('notYou')).toBe(true)
      expect(has('link')).toBe(email.link !== undefined)
      expect([has('reset'), has('forgotten')]).toEqual([email.newPassword === 'button', email.newPassword === 'link'])
    },
  )

  it('have a place of its own for each row of the account page', () => {
    const places = capabilities.flatMap(({ accountRows = [] }) => accountRows.map(({ place }) => place))
    expect(new Set(places).size).toBe(places.length)
    expect(places.length).toBeGreaterThan(6)
  })

  it('have each address and each operation once', () => {
    const ids = operations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const addresses = capabilities.flatMap(({ name, routes }) => [
      ...new Set(routes.flatMap((one) => one.routes.map(({ method, path }) => `${name} ${method} ${path}`))),
    ])
    const bare = addresses.map((one) => one.slice(one.indexOf(' ')))
    expect(bare.filter((one, index) => bare.indexOf(one) !== index)).toEqual([])
  })
})
