import { afterAll, beforeAll, expect, it } from 'vitest'
import { onMysql } from '../../tests/support/databases.ts'
import { type Gate, gateBefore } from '../../tests/support/gate.ts'
import { makeApp, type TestApp } from '../../tests/support/make-app.ts'
import { someone } from '../../tests/support/visitor.ts'

onMysql('A COMMIT that arrives after its connection died', (database) => {
  let gate: Gate
  let app: TestApp
  beforeAll(async () => {
    gate = await gateBefore(database.url)
    await gate.open()
    app = await makeApp({ url: gate.url })
  })
  afterAll(async () => {
    await app.close()
    await gate.close()
  })

  it.each([0, 100, 300])(
    '%i ms later: registration, login and a changed password answer what is true',
    async (delay) => {
      const ada = someone()
      const browser = app.visitor()
      gate.delayCommit(delay)
      expect((await browser.json('POST', '/api/v1/register', ada)).status).toBe(201)
      expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)

      const other = app.visitor()
      gate.delayCommit(delay)
      expect((await other.json('POST', '/api/v1/login', ada)).status).toBe(200)
      expect((await other.json('GET', '/api/v1/session')).status).toBe(200)

      const change = { current_password: ada.password, new_password: 'amber ferry clock' }
      gate.delayCommit(delay)
      expect((await browser.json('POST', '/api/v1/password', change)).status).toBe(200)
      expect((await browser.json('GET', '/api/v1/session')).status).toBe(200)
      expect((await other.json('GET', '/api/v1/session')).status).toBe(401)
    },
  )
})
