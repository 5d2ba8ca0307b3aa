// docs/security/inputs.md says what the forms say, and the limits in it hold on both sides.
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { capabilities, operations } from '../../src/app.ts'
import { parseAddress } from '../../src/identity/accounts/address.ts'
import { judgeLine, parseName } from '../../src/identity/accounts/name.ts'
import { longestName } from '../../src/identity/passkeys/limits.ts'
import { judgeLength } from '../../src/identity/passwords/length.ts'
import { readAppCode, readRecoveryCode } from '../../src/identity/second-factors/typed-code.ts'
import { safeReturnTo } from '../../src/web/session/return-to.ts'
import { codes, document, filesWith, table } from '../support/documents.ts'

const page = 'docs/security/inputs.md'
const forms: Record<string, z.ZodObject> = Object.assign({}, ...capabilities.map((one) => one.forms ?? {}))
const fields = table(page, 'Fields')

/** A text of so many characters, and whether it is taken. */
const takes: Record<string, (length: number) => boolean> = {
  name: (length) => 'name' in parseName('ü'.repeat(length)),
  email: (length) => parseAddress(addressOf(length)) !== undefined,
  password: (length) => judgeLength(trees(length), { passwordMinLength: 8 }) === undefined,
  return_to: (length) => safeReturnTo(`/${'a'.repeat(length - 1)}`) !== undefined,
}
takes.code = (length) => readAppCode('1'.repeat(length)).kind === 'app'
takes.recovery_code = (length) => readRecoveryCode('a'.repeat(length)).kind === 'recovery'
takes.passkey_name = (length) => 'line' in judgeLine('ü'.repeat(length), longestName)
takes.new_password = takes.password as (length: number) => boolean
takes.new_email = takes.email as (length: number) => boolean
takes.meant_email = takes.email as (length: number) => boolean

/** Characters of two code units each, in no order that anyone would guess. */
function trees(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCodePoint(0x1f330 + ((index * 37) % 101))).join('')
}

function addressOf(length: number): string {
  const domain = 'b.cd'
  if (length < 10) return `${'a'.repeat(length - domain.length - 1)}@${domain}`
  const labels = 'd'
    .repeat(length - 64 - 1 - 3)
    .replace(/.{50}(?=..)/g, '$&.')
    .slice(0, length - 64 - 1 - 3)
  return `${'a'.repeat(64)}@${labels}.cd`
}

describe('The table of inputs', () => {
  it('V2.1.1 has each field of each form, and no other', () => {
    for (const [form, schema] of Object.entries(forms)) {
      const told = fields.filter((row) => row.form === form).flatMap((row) => codes(row.field))
      expect(told.sort(), `${page}: ${form}`).toEqual(Object.keys(schema.shape).sort())
    }
  })

  it('V2.1.1 has each field that the API takes', () => {
    const named = new Set(fields.flatMap((row) => codes(row.field)))
    const besides = document(page).split('What it has besides:')[1]?.split('\n## ')[0] ?? ''
    for (const name of [...besides.matchAll(/^\| `(\w+)`/gm)].map(([, one]) => one ?? '')) named.add(name)
    const taken = operations.flatMap(({ body }) => Object.keys(body.shape))
    expect(
      taken.filter((name) => !named.has(name)),
      page,
    ).toEqual([])
    for (const { body } of operations)
      for (const shape of Object.values(body.shape)) expect((shape as z.ZodType).safeParse(7.5).success).toBe(false)
  })

  it('V2.1.1 gives the type of each: texts are texts, and optional fields are optional', () => {
    for (const row of fields) {
      const schema = forms[row.form ?? '']?.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>
      const field = schema[codes(row.field)[0] ?? '']
      expect(field?.safeParse('a text').success, row.field).toBe(row.type !== 'one of three')
      expect(field?.safeParse(7).success, row.field).toBe(false)
      expect(field?.safeParse(true).success, row.field).toBe(row.type === 'yes or no')
      expect(field?.safeParse(undefined).success, row.field).toBe(true)
    }
  })

  it('V2.1.1 V2.2.1 names limits that hold: at them a value is taken, beyond them it is not', () => {
    const judged = fields.filter((row) => row.most !== '–')
    expect(judged.length).toBeGreaterThan(4)
    for (const { field, least, most } of judged) {
      const isTaken = takes[codes(field)[0] ?? ''] as (length: number) => boolean
      expect([isTaken(Number(most)), isTaken(Number(most) + 1)], `${field} at most`).toEqual([true, false])
      if (least === '–') continue
      expect([isTaken(Number(least)), isTaken(Number(least) - 1)], `${field} at least`).toEqual([true, false])
    }
  })

  it('V2.1.2 names for what must fit together only refusals that the rules know', () => {
    const refusals = table(page, 'What must fit together').flatMap((row) => codes(row['refused as']))
    expect(refusals).toHaveLength(7)
    for (const code of refusals) expect(filesWith(new RegExp(`'${code}'`)).join(), code).toMatch(/rules\.ts/)
  })
})
