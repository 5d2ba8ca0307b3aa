// What an app that holds us decides by a bearer token of the API: off by default, and logging out by a call.
import { describe, expect, it } from 'vitest'
import { openGatelodge, visitorOf } from '../support/embed.ts'
import { throwawayDatabase } from '../support/make-app.ts'
import { someone } from '../support/visitor.ts'

async function withToken(config: { bearer?: boolean }) {
  const gatelodge = await openGatelodge(throwawayDatabase(), config)
  const person = someone()
  const { body } = await visitorOf(gatelodge).json('POST', '/api/v1/register', { ...person, session: 'bearer' })
  return { gatelodge, person, asking: new Headers({ authorization: `Bearer ${body.token}` }) }
}

describe('A bearer token inside an app', () => {
  it('counts for nothing by default', async () => {
    const { gatelodge, asking } = await withToken({})
    expect(await gatelodge.session(asking)).toBe(null)
    const { headers, account } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
    const both = new Headers([...asking, ['cookie', headers.cookie]])
    expect(await gatelodge.session(both)).toMatchObject({ account: { email: account.email } })
    await gatelodge.close()
  })

  it('V7.4.1 is logged out by the app, from wherever it asks, and by no redirect', async () => {
    const { gatelodge, person, asking } = await withToken({ bearer: true })
    expect(await gatelodge.session(asking)).toMatchObject({ account: { email: person.email } })
    asking.set('origin', 'capacitor://localhost')
    const answer = await gatelodge.logout(asking)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([204, []])
    expect(await gatelodge.session(asking)).toBe(null)
    await gatelodge.close()
  })

  it('V15.3.7 ends no session where a cookie came as well', async () => {
    const { gatelodge, asking } = await withToken({ bearer: true })
    const { headers } = await gatelodge.test.loginAs({ email: 'ada@example.org' })
    const answer = await gatelodge.logout(new Headers([...asking, ['cookie', headers.cookie]]))
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'two-credentials' }])
    for (const one of [asking, new Headers(headers)]) expect(await gatelodge.session(one)).not.toBe(null)
    await gatelodge.close()
  })
})
