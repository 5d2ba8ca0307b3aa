import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'
import { someone } from '../../../tests/support/visitor.ts'
import type { Store } from '../../database/transaction.ts'
import { minutes, seconds } from '../../time.ts'
import { newId } from '../ids.ts'
import { random } from '../sealing.ts'
import { factorRows } from './storage.ts'
import { codeAt, stepAt } from './totp.ts'
import { readRecoveryCode, type TypedCode } from './typed-code.ts'

const client = '127.0.0.1'
const never = async () => undefined

onEachDatabase('Second factors', (database) => {
  const app = useApp(database)

  const run = <T>(work: (trx: Store) => Promise<T>) => app().services.database.transact(work, never)

  async function newAccount() {
    const { accounts, clock } = app().services
    const { name = '', email = '' } = someone()
    const id = newId()
    await run((trx) =>
      accounts.insert(trx, { id, name, address: { given: email, normalised: email }, createdAt: clock.now() }),
    )
    return id
  }

  /** Someone with an app, and what they hold. */
  async function withApp() {
    const { secondFactors, clock } = app().services
    const id = await newAccount()
    const secret = random(20)
    const made = await secondFactors.makeCodes(client)
    await run((trx) => secondFactors.add(trx, id, { secret, step: stepAt(clock.now()) - 5 }, made))
    const show = (away = 0): TypedCode => ({ kind: 'app', code: codeAt(secret, stepAt(clock.now()) + away) })
    return { id, secret, codes: made.codes, show }
  }

  async function take(id: Buffer, typed: TypedCode): Promise<boolean> {
    if (typed.kind === 'unreadable') throw new Error(typed.code)
    const found = await app().services.secondFactors.look(id, typed, client)
    return found.kind === 'right' && (await run((trx) => found.take(trx))) === true
  }

  it('V6.5.1 CVE-2021-43177: a code is taken once, and the one before it not after it', async () => {
    const { id, show } = await withApp()
    expect(await take(id, show())).toBe(true)
    expect(await take(id, show())).toBe(false)
    expect(await take(id, show(-1))).toBe(false)
    app().clock.pass(seconds(30))
    expect(await take(id, show())).toBe(true)
  })

  it('V6.5.1 the same code, sixteen times at once, is taken once', async () => {
    const { id, show } = await withApp()
    const taken = await Promise.all(Array.from({ length: 16 }, () => take(id, show())))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  it('V6.5.4 better-auth#7177: recovery codes of 80 random bits are taken one after another, each once', async () => {
    const { id, codes } = await withApp()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^(?:[a-z2-7]{4}-){3}[a-z2-7]{4}$/)
    for (const [at, code] of codes.entries()) {
      expect(await take(id, readRecoveryCode(code)), `code ${at}`).toBe(true)
      expect(await take(id, readRecoveryCode(code)), `code ${at}, again`).toBe(false)
      expect((await app().services.secondFactors.ofAccount(app().services.database.db, id)).recoveryCodesLeft).toBe(
        9 - at,
      )
    }
  })

  it('calcom#10600: the same recovery code, sixteen times at once, is taken once', async () => {
    const { id, codes } = await withApp()
    const [code = ''] = codes
    const taken = await Promise.all(Array.from({ length: 16 }, () => take(id, readRecoveryCode(code.toUpperCase()))))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  it('V6.5.2 V11.4.2 recovery codes are stored as argon2id hashes with one salt for the set, the secret sealed', async () => {
    const { id, secret, codes } = await withApp()
    const rows = await factorRows.unusedCodes(app().services.database.db, id)
    const parts = rows.map(({ hash }) => hash.split('$'))
    expect(new Set(parts.map(([, kind, , , salt]) => `${kind} ${salt}`)).size).toBe(1)
    expect(new Set(parts.map(([, , , , , hash]) => hash)).size).toBe(10)
    const totp = await factorRows.findTotp(app().services.database.db, id)
    for (const spelling of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect(totp?.secret).not.toContain(secret.toString(spelling))
    expect(JSON.stringify(rows)).not.toContain(codes[0]?.replaceAll('-', ''))
  })

  it('a sealed secret is invalid on the row of another account, and no try is counted', async () => {
    const [one, other] = [await withApp(), await withApp()]
    const { db } = app().services.database
    const { secret = '' } = (await factorRows.findTotp(db, one.id)) ?? {}
    await db.updateTable('gatelodge_totp').set({ secret }).where('account_id', '=', other.id).execute()
    await expect(take(other.id, one.show())).rejects.toThrow('cannot be opened')
  })

  it('new codes void the old ones; with the app all of it goes, and versions rise', async () => {
    const {
      secondFactors,
      accounts,
      database: { db },
    } = app().services
    const { id, codes, show } = await withApp()
    const made = await secondFactors.makeCodes(client)
    await run((trx) => secondFactors.replaceCodes(trx, id, made))
    expect(await take(id, readRecoveryCode(codes[0] ?? ''))).toBe(false)
    expect(await take(id, readRecoveryCode(made.codes[0] ?? ''))).toBe(true)
    expect(await accounts.findById(db, id)).toMatchObject({ factorVersion: 2, hasSecondFactor: true })
    expect(await run((trx) => secondFactors.removeAll(trx, id))).toBe(true)
    expect(await run((trx) => secondFactors.removeAll(trx, id))).toBe(false)
    expect(await accounts.findById(db, id)).toMatchObject({ factorVersion: 3, hasSecondFactor: false })
    expect(await secondFactors.ofAccount(db, id)).toEqual({ recoveryCodesLeft: 0 })
    expect(await take(id, show())).toBe(false)
    expect(await take(id, readRecoveryCode(made.codes[1] ?? ''))).toBe(false)
  })

  it('a trusted device is trusted for its account at its versions, for thirty days', async () => {
    const { secondFactors } = app().services
    const [account, stranger] = [{ id: newId() }, { id: newId() }].map((one) => ({
      ...one,
      passwordVersion: 1,
      factorVersion: 2,
    })) as [never, never]
    const { token, row } = secondFactors.trusted.prepare({
      account,
      device: { browser: 'Firefox' },
      clientAddress: client,
    })
    await run((trx) => secondFactors.trusted.add(trx, row))
    const isTrusted = (changes = {}, tokens = [token]) =>
      secondFactors.trusted.isTrusted(tokens, { ...(account as object), ...changes } as never)
    expect(await isTrusted()).toBe(true)
    expect(await isTrusted({}, [])).toBe(false)
    expect(await isTrusted({}, ['x'.repeat(43)])).toBe(false)
    expect(await isTrusted(stranger)).toBe(false)
    expect(await isTrusted({ passwordVersion: 2 })).toBe(false)
    expect(await isTrusted({ factorVersion: 3 })).toBe(false)
    app().clock.pass(minutes(30 * 24 * 60) - 1)
    expect(await isTrusted()).toBe(true)
    app().clock.pass(1)
    expect(await isTrusted()).toBe(false)
    expect(await secondFactors.trusted.purge()).toBe(1)
  })

  it('an account trusts twenty devices, the newest', async () => {
    const { secondFactors } = app().services
    const account = { id: newId(), passwordVersion: 1, factorVersion: 1 }
    const tokens: string[] = []
    for (let count = 0; count < 21; count += 1) {
      const { token, row } = secondFactors.trusted.prepare({ account, device: {}, clientAddress: '' })
      tokens.push(token)
      await run((trx) => secondFactors.trusted.add(trx, row))
    }
    expect(await secondFactors.trusted.list(account)).toHaveLength(20)
    expect(await secondFactors.trusted.isTrusted(tokens.slice(0, 1), account)).toBe(false)
    expect(await secondFactors.trusted.isTrusted(tokens.slice(1, 2), account)).toBe(true)
  })
})
