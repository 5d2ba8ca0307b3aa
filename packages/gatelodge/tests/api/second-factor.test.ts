// A program that logs in with a second factor, sets it up and manages it.
import { expect, it } from 'vitest'
import { minutes, seconds } from '../../src/time.ts'
import { onEachDatabase } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { Program } from '../support/program.ts'
import { shown, verify } from '../support/second-factor.ts'
import { someone } from '../support/visitor.ts'

type Told = Record<string, string> & { recovery_codes: string[]; trusted_devices: { id: string }[] }

onEachDatabase('A program with a second factor', (database) => {
  const app = useApp(database)

  /** With an app that it set up by the API. */
  async function withFactor() {
    const program = new Program(app())
    const person = someone()
    program.token = ((await program.post('/register', { ...person, session: 'bearer' })).body as Told).token
    expect(await program.post('/two-factor/start')).toMatchObject({ status: 403, body: { code: 'unverified' } })
    await verify(app(), person)
    const begun = (await program.post('/two-factor/start')).body as Told
    const { key = '', setup } = begun
    expect(begun.uri).toContain(`secret=${key}`)
    expect(await program.post('/two-factor/confirm', { setup, code: '000000' })).toMatchObject({ status: 422 })
    const added = await program.post('/two-factor/confirm', { setup, code: shown(app(), key) })
    expect(added.status).toBe(200)
    const { token, recovery_codes } = added.body as Told
    expect(recovery_codes).toHaveLength(10)
    expect(token).not.toBe(program.token)
    program.token = token
    app().clock.pass(seconds(30))
    return { program, person, key, recovery_codes }
  }

  it('sets it up, sees it, makes new codes and removes it', async () => {
    const { program, key } = await withFactor()
    expect((await program.get('/two-factor')).body).toMatchObject({
      recovery_codes_left: 10,
      app: { last_used_at: null },
    })
    expect(await program.post('/two-factor/start')).toMatchObject({
      status: 409,
      body: { code: 'second-factor-exists' },
    })
    const renewed = (await program.post('/recovery-codes')).body as Told
    expect(renewed.recovery_codes).toHaveLength(10)
    app().clock.pass(minutes(10))
    expect(await program.post('/two-factor/remove')).toMatchObject({ body: { code: 'reauthentication-required' } })
    const confirmed = await program.post('/two-factor/reauthenticate', { code: shown(app(), key) })
    program.token = (confirmed.body as Told).token
    expect((await program.post('/two-factor/remove')).status).toBe(204)
    expect((await program.get('/two-factor')).body).toMatchObject({ app: null, recovery_codes_left: 0 })
    expect(await program.post('/two-factor/remove')).toMatchObject({ body: { code: 'second-factor-missing' } })
  })

  it('V6.3.3 logs in by a code or a recovery code with its login_token, and the answer lists the usable ones', async () => {
    const { person, key, recovery_codes } = await withFactor()
    for (const typed of [{ code: shown(app(), key) }, { recovery_code: recovery_codes[0] }]) {
      const program = new Program(app())
      const asked = await program.post('/login', { ...person, session: 'bearer' })
      expect(asked).toMatchObject({
        status: 403,
        body: { code: 'second-factor-required', methods: ['app', 'recovery-code'] },
      })
      const { login_token } = asked.body as Told
      expect(await program.post('/two-factor', { login_token, code: '12345' })).toMatchObject({ status: 422 })
      expect(await program.post('/two-factor', { code: shown(app(), key) })).toMatchObject({ status: 401 })
      const answer = await program.post('/two-factor', { login_token, ...typed, trust: true })
      expect(answer.status).toBe(200)
      program.token = (answer.body as Told).token
      const { session } = (await program.get('/session')).body as unknown as { session: { methods: object } }
      expect(Object.keys(session.methods)).toEqual(['mfa', 'otp', 'pwd'])
      // An app has no cookie that could be trusted.
      expect(((await program.get('/devices')).body as Told).trusted_devices).toEqual([])
      expect(await program.post('/two-factor', { login_token, ...typed })).toMatchObject({ status: 409 })
    }
  })

  it('the password alone confirms nothing where there is a second factor', async () => {
    const { program, person, recovery_codes } = await withFactor()
    const { password: current_password } = person
    const refused = await program.post('/password/confirm', { current_password })
    expect(refused).toMatchObject({ status: 403, body: { code: 'second-factor-required' } })
    const recovery_code = recovery_codes[1]
    const confirmed = await program.post('/two-factor/reauthenticate', { recovery_code })
    expect(confirmed.status).toBe(200)
    program.token = (confirmed.body as Told).token
    expect(await program.post('/two-factor/reauthenticate', { recovery_code })).toMatchObject({ status: 422 })
  })
})
